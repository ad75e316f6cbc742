"""Reads a bill file by RFC 4180, strictly, byte by byte, and says of each record what is wrong with it as text."""

QUOTE, COMMA, CR, LF = 0x22, 0x2C, 0x0D, 0x0A


class Record:
    """One record: its number (from 1; the heading row is 0), its first line (from 1), its raw bytes, its cells."""

    def __init__(self, number, line):
        self.number, self.line = number, line
        self.cells, self.faults, self.raw = [], [], b""


class FileFault(Exception):
    """The file can't be used as a whole."""


def read(data):
    """All records of a file, the heading row first. Raises FileFault where a quote never closes."""
    records, position, line = [], 3 if data.startswith(b"\xef\xbb\xbf") else 0, 1
    while position < len(data):
        record = Record(len(records), line)
        start = position
        position, line = _record(data, position, line, record)
        record.raw = data[start:position].rstrip(b"\r\n") if position else b""
        if 0 in record.raw:
            record.faults.append("record.nul")
        try:
            record.raw.decode("utf-8")
        except UnicodeDecodeError:
            record.faults.append("record.invalid-utf8")
        records.append(record)
    while records and records[-1].raw == b"":
        records.pop()
    return records


def _record(data, position, line, record):
    """Reads one record; where the next one begins, and on which line."""
    while True:
        value, position, line = _field(data, position, line, record)
        record.cells.append(value)
        if position >= len(data):
            return position, line
        byte = data[position]
        position += 1
        if byte == CR and position < len(data) and data[position] == LF:
            position += 1
        if byte != COMMA:
            return position, line + 1


def _field(data, position, line, record):
    """One field, up to the byte that ends it."""
    if position < len(data) and data[position] == QUOTE:
        return _quoted(data, position + 1, line, record)
    end = _plain_end(data, position)
    value = data[position:end]
    if QUOTE in value:
        record.faults.append("record.quote-in-field")
    return value, end, line


def _quoted(data, position, line, record):
    value = bytearray()
    while True:
        close = data.find(b'"', position)
        if close < 0:
            raise FileFault(f"line {record.line}: a quote is never closed")
        value += data[position:close]
        position = close + 1
        if position < len(data) and data[position] == QUOTE:
            value.append(QUOTE)
            position += 1
            continue
        break
    line += _line_ends(bytes(value))
    end = _plain_end(data, position)
    if end > position:
        record.faults.append("record.bytes-after-quote")
        value += data[position:end]
    return bytes(value), end, line


def _line_ends(value):
    return value.count(b"\r\n") + value.replace(b"\r\n", b"").count(b"\r") + value.replace(b"\r\n", b"").count(b"\n")


def _plain_end(data, position):
    while position < len(data) and data[position] not in (COMMA, CR, LF):
        position += 1
    return position
