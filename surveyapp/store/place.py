"""Where a workspace should not lie: folders that synchronise, drives over the network."""

from __future__ import annotations

from pathlib import Path

from surveyapp.base.i18n import _

_SERVICES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "com~apple~clouddocs": "iCloud",
    "iclouddrive": "iCloud",
    "icloud drive": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
}
_MARKERS = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.drivedownload": "Google Drive",
}
_NETWORK_TYPES = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "9p",
        "davfs",
        "ceph",
        "glusterfs",
        "lustre",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.davfs",
        "fuse.gvfsd-fuse",
        "fuse.kio-fuse",
        "fuse.glusterfs",
        "fuse.s3fs",
    ]
)


def store_warning(path: Path, *, mounts: Path = Path("/proc/mounts")) -> str | None:
    """A sentence if the folder of `path` is synchronised or on a network drive, else None.

    `mounts` lists the mounted drives as Linux does; where it does not exist, network drives are told by name only.
    """
    folder = path.absolute().parent
    service = _service(folder)
    if service:
        return _(
            "This folder seems to be synchronised by %(service)s, which may copy the workspace while it is being "
            "written and spoil it. Keep the workspace in a folder of this computer and put backups here."
        ) % {"service": service}
    if _on_network(folder, mounts):
        return _(
            "This folder seems to lie on a network drive, where a broken connection may spoil the workspace. "
            "Keep the workspace in a folder of this computer and put backups here."
        )
    return None


def _service(folder: Path) -> str:
    for place in (folder, *folder.parents):
        name = place.name.casefold()
        for known, service in _SERVICES.items():
            # "OneDrive - Name of a school", "Dropbox (Personal)", "GoogleDrive-someone@mail"
            if name == known or name.startswith((known + " -", known + " (", known + "-")):
                return service
        for marker, service in _MARKERS.items():
            if (place / marker).exists() and place != Path.home():  # ~/.dropbox holds settings, nothing else
                return service
    return ""


def _on_network(folder: Path, mounts: Path) -> bool:
    if folder.drive.startswith("\\\\"):
        return True
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    best, kind = -1, ""
    resolved = folder.resolve()
    for fields in (line.split() for line in lines):
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " "))
        depth = len(point.parts)
        if depth >= best and (point == resolved or point in resolved.parents):
            best, kind = depth, fields[2]
    return kind in _NETWORK_TYPES
