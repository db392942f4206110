"""References: what people a candidate has named said about working with them."""
