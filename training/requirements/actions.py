"""The door to writing rules, and to keeping assignments in agreement with all of it."""

from training.requirements.deriving import rederive as rederive
from training.requirements.deriving import rederive_many as rederive_many
from training.requirements.writing import end_rule as end_rule
from training.requirements.writing import revise_rule as revise_rule
from training.requirements.writing import write_draft as write_draft
from training.requirements.writing import write_rule as write_rule
