#!/usr/bin/env python3
"""Draws free energy and control along the depth of a training: view_training.py runs/trained-escape/result.h5 picture.svg (numpy and h5py)."""
import sys

import h5py
import numpy as np

WIDTH, HEIGHT, LEFT, TOP = 560, 200, 70, 24


def panel(title, curves, offset):
    """One panel: curves is a list of (label, colour, dashes, x, y)."""
    x = np.concatenate([c[3] for c in curves])
    y = np.concatenate([c[4] for c in curves])
    y = y[np.isfinite(y)]
    low, high = y.min(), y.max()
    out = [f'<g transform="translate({LEFT},{offset})"><rect width="{WIDTH}" height="{HEIGHT}" fill="white" stroke="#888"/>',
           f'<text x="{WIDTH / 2}" y="-8" text-anchor="middle">{title}</text>']
    for part in np.linspace(0, 1, 5):
        out.append(f'<text x="{WIDTH * part:.0f}" y="{HEIGHT + 16}" text-anchor="middle">{x.max() * part:.3g}</text>')
        out.append(f'<text x="-6" y="{HEIGHT * (1 - part) + 4:.0f}" text-anchor="end">{low + part * (high - low):.3g}</text>')
    for number, (label, colour, dashes, px, py) in enumerate(curves):
        good = np.isfinite(py)
        points = " ".join(f"{WIDTH * a / x.max():.1f},{HEIGHT * (high - b) / (high - low):.1f}" for a, b in zip(px[good], py[good]))
        out.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}" points="{points}"/>')
        out.append(f'<text x="{WIDTH - 8}" y="{HEIGHT - 10 - 16 * number}" text-anchor="end" fill="{colour}">{label}</text>')
    return "\n".join(out) + "\n</g>"


def main(result, picture):
    with h5py.File(result) as file:
        time, training = file["time"][:], file["training"]
        energies = [("trained", "#31688e", "none", time, training["free_energy"][:]),
                    ("untrained", "#b5451d", "6 4", time, training["untrained_free_energy"][:])]
        control = [("log10 |W|", "#31688e", "none", training["layer_time"][:], np.log10(training["layer_norm"][:]))]
    height = 2 * (HEIGHT + 60) + TOP
    body = panel("free energy F along the depth t", energies, TOP) + panel("size of the control along the depth t", control, TOP + HEIGHT + 60)
    with open(picture, "w", encoding="utf-8") as file:
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 20}" height="{height}" font-family="sans-serif" font-size="12">'
                   f'<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n')


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
