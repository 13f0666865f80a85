/* Which version runs: versions\<folder> beside the launcher, named by current.ini. */
#ifndef LANTIAN_VERSIONS_H
#define LANTIAN_VERSIONS_H

#include <windows.h>

#define PATH_ROOM 32768
#define NAME_ROOM 64

/* current.ini: `current` and `version` name what runs; `previous` is there while `current` has not started yet. */
typedef struct {
    wchar_t root[PATH_ROOM];
    wchar_t current[NAME_ROOM], version[NAME_ROOM];
    wchar_t previous[NAME_ROOM], previous_version[NAME_ROOM];
} Versions;

/* Reads current.ini beside this program. FALSE when it is missing or names no folder. */
BOOL read_versions(Versions *versions);

/* Makes `current` the only version and writes it durably. */
BOOL keep_only_current(Versions *versions);

/* Makes `previous` the only version, also in the list of installed programs. */
BOOL return_to_previous(Versions *versions);

/* root\versions\folder\name, or the folder itself for an empty name. */
void version_path(const Versions *versions, const wchar_t *folder, const wchar_t *name, wchar_t *path);

/* Keeps a version from being removed while this process lives. */
void hold_version(const Versions *versions, const wchar_t *folder);

/* Removes a version's folder. FALSE, with nothing removed, while a process runs from it, or when it is not ours. */
BOOL remove_version(const Versions *versions, const wchar_t *folder);

/* Whether a version has what it needs to be started at all. Its interpreter's file name is put into `name`. */
BOOL find_interpreter(const Versions *versions, const wchar_t *folder, wchar_t *name);

#endif
