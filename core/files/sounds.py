"""What kind of sound bytes are, and whether they can be one at all: looked at by their first frames, never decoded here."""

from core.files.models import MP3, OGG, WAV

_NO_RATE = (0, 15)  # bit rates of an MP3 frame that are not said or not allowed


def sound_type(content: bytes) -> str | None:
    """The content type of a sound, or None."""
    if content.startswith(b"OggS"):
        return OGG
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return WAV
    if content.startswith(b"ID3") or _is_frame(content[:4]):
        return MP3
    return None


def is_whole_sound(content: bytes, content_type: str) -> bool:
    """Whether it begins as a sound of its kind does, with something to play in it."""
    if content_type == OGG:
        return (
            len(content) > 58
            and content[4] == 0
            and b"OggS" in content[27:]
            and any(name in content[:512] for name in (b"vorbis", b"OpusHead", b"FLAC"))
        )
    if content_type == WAV:
        return b"fmt " in content[:512] and b"data" in content[:8192]
    start = 0
    if content.startswith(b"ID3"):
        size = 0
        for byte in content[6:10]:
            if byte > 127:
                return False
            size = size * 128 + byte
        start = 10 + size
    return any(_is_frame(content[place : place + 4]) for place in range(start, min(start + 4096, len(content) - 3)))


def _is_frame(head: bytes) -> bool:
    """Whether four bytes are the head of an MPEG audio frame of layer II or III."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    return version != 1 and layer in (1, 2) and head[2] >> 4 not in _NO_RATE and head[2] >> 2 & 3 != 3
