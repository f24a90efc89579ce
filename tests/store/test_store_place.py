"""Folders where a workspace should not lie are told by name, by marker and by their drive."""

from __future__ import annotations

from pathlib import Path

import pytest

from surveyapp.store import store_warning


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/surveys", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("OneDrive - A School", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-a@b.org/My Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_synchronised_by_name(tmp_path: Path, folder: str, service: str) -> None:
    warning = store_warning(tmp_path / folder / "w.sqlite", mounts=tmp_path / "none")
    assert warning is not None
    assert service in warning


def test_synchronised_by_marker(tmp_path: Path) -> None:
    deep = tmp_path / "shared" / "deep"
    deep.mkdir(parents=True)
    assert store_warning(deep / "w.sqlite", mounts=tmp_path / "none") is None
    (tmp_path / "shared" / ".stfolder").mkdir()
    warning = store_warning(deep / "w.sqlite", mounts=tmp_path / "none")
    assert warning is not None
    assert "Syncthing" in warning


@pytest.mark.parametrize(("kind", "network"), [("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("ext4", False)])
def test_network_drives(tmp_path: Path, kind: str, network: bool) -> None:
    mounts = tmp_path / "mounts"
    folder = tmp_path / "my drive"
    folder.mkdir()
    point = str(folder.parent).replace(" ", "\\040") + "/my\\040surveys"
    (tmp_path / "my surveys").mkdir()
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {point} {kind} rw 0 0\nodd\n", encoding="utf-8")
    warning = store_warning(tmp_path / "my surveys" / "w.sqlite", mounts=mounts)
    assert (warning is not None) == network
    assert store_warning(tmp_path / "w.sqlite", mounts=mounts) is None


@pytest.mark.parametrize("folder", ["Dropboxes", "notes on onedrive", "plain"])
def test_an_ordinary_folder_is_fine(tmp_path: Path, folder: str) -> None:
    assert store_warning(tmp_path / folder / "w.sqlite", mounts=tmp_path / "none") is None
