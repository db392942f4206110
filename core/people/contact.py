"""What an address and a phone number look like. Whether an address exists, a mail to it finds out."""

# one "@", no white space of any kind, nothing that separates or quotes addresses in a header
ADDRESS = r"^[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f]+@[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f.]+(\.[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f.]+)+\Z"
PHONE = r"^[0-9+() .\-/]{6,30}\Z"
