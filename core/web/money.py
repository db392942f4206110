"""Money: integer minor units and an ISO currency."""

from decimal import Decimal

from flask_babel import format_currency


def format_money(minor_units: int, currency: str, *, decimals: bool = True) -> str:
    """An amount as the viewer reads it, such as `R$ 9.500,00` for 950000 BRL. Every supported currency has two decimals."""
    amount = Decimal(minor_units) / 100
    if decimals:
        return str(format_currency(amount, currency))
    return str(format_currency(amount, currency, format="¤ #,##0", currency_digits=False))
