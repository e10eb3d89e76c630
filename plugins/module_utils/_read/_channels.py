# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The channels that earlier runs have opened."""

from __future__ import annotations

from pathlib import Path

from .._frame._module import Run
from .._model._channel import Channel
from .._model._snapshot import EVER, Ask, load
from .._model._text import PolicyError

CHANNELS = "channels"


def read_channels(run: Run, customer: str) -> list[Channel]:
    """None of a file that can't be used: new ones are opened then, and the former ones run out by themselves."""
    path = run.params["channels_path"]
    if not Path(path).exists():
        return []
    try:
        return load(path, CHANNELS, Channel.of, Ask(max_age=EVER, tenant=customer)).records
    except PolicyError as error:
        run.warn(f"{error} New channels are opened; those that it named run out within two days, and until then people are notified twice.")
        return []
