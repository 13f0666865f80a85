"""What the system's refusal of a file means, in the same words under Windows and elsewhere."""

from __future__ import annotations

import errno

# Windows' own numbers say more than the errno that Python makes of them: most become EACCES or EINVAL.
_WINDOWS = {
    3: "missing",  # ERROR_PATH_NOT_FOUND
    5: "no_permission",  # ERROR_ACCESS_DENIED
    15: "gone",  # ERROR_INVALID_DRIVE
    19: "read_only",  # ERROR_WRITE_PROTECT
    21: "gone",  # ERROR_NOT_READY
    32: "in_use",  # ERROR_SHARING_VIOLATION
    33: "in_use",  # ERROR_LOCK_VIOLATION
    39: "full",  # ERROR_HANDLE_DISK_FULL
    55: "gone",  # ERROR_DEV_NOT_EXIST
    112: "full",  # ERROR_DISK_FULL
    206: "name_too_long",  # ERROR_FILENAME_EXCED_RANGE
    433: "gone",  # ERROR_NO_SUCH_DEVICE
    1006: "gone",  # ERROR_FILE_INVALID: the volume changed under the open file
    1167: "gone",  # ERROR_DEVICE_NOT_CONNECTED
    1224: "in_use",  # ERROR_USER_MAPPED_FILE
    1617: "gone",  # ERROR_DEVICE_REMOVED
}
# MAX_PATH: unless the computer's owner has allowed longer ones, Windows says of them that there is no such path.
_PATH_NOT_FOUND, _LONGEST_PATH = 3, 259
_ERRNO = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "not_a_folder",
    errno.EEXIST: "not_a_folder",
    errno.EISDIR: "is_a_folder",
    errno.ENAMETOOLONG: "name_too_long",
    errno.EBUSY: "in_use",
    errno.ENODEV: "gone",
    errno.ENXIO: "gone",
}


def file_fault(error: OSError) -> str:
    """One of: full, read_only, no_permission, in_use, missing, not_a_folder, is_a_folder, name_too_long, gone, io_error."""
    number = getattr(error, "winerror", None) or 0
    if number == _PATH_NOT_FOUND and len(str(error.filename or "")) > _LONGEST_PATH:
        return "name_too_long"
    told = _WINDOWS.get(number)
    return told or _ERRNO.get(error.errno or 0, "io_error")


def is_held(error: OSError) -> bool:
    """Whether another program has the file open for the moment, as a virus scanner has a fresh one; Windows only.

    A file that is to be replaced and is open elsewhere is reported as access denied.
    """
    return getattr(error, "winerror", None) in (5, 32, 33, 1224)
