"""A QR code as a picture without any style of its own: our policy allows none inline."""

from __future__ import annotations

MARGIN = 4


def svg(text: str) -> str:
    """Black squares on white, whatever the theme: cameras need it so."""
    import qrcode  # with all its parts it costs a web worker memory; few ever ask for it

    code = qrcode.QRCode(border=MARGIN, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    matrix = code.get_matrix()
    size = len(matrix)
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path d="{squares}"/></svg>'
    )
