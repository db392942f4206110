"""Requisitions: how many people are wanted, why and for what pay, approved before a posting is made."""
