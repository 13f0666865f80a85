/* TEST-ONLY, for Wine 8, which lacks Windows 10's icuuc.dll: Qt 6.10 and later import converters from it.
 * No converter can be opened here, so Qt falls back to its own; the program asks for none but UTF-8 and UTF-16. */
#include <stddef.h>

#define EXPORT __declspec(dllexport)
#define NO_SUCH_CONVERTER 4 /* U_FILE_ACCESS_ERROR */
#define BAD_ARGUMENT 1      /* U_ILLEGAL_ARGUMENT_ERROR */

typedef int Status;
typedef unsigned short Unit;

static void fail(Status *status, int code) {
    if (status) *status = code;
}

EXPORT void *ucnv_open(const char *name, Status *status) {
    (void)name;
    fail(status, NO_SUCH_CONVERTER);
    return NULL;
}

/* Nobody has a converter, so nobody can call the rest with one; Qt6Core.dll only has to find the names. */
EXPORT void ucnv_close(void *converter) { (void)converter; }
EXPORT void ucnv_reset(void *converter) { (void)converter; }
EXPORT signed char ucnv_getMaxCharSize(const void *converter) { return (void)converter, 1; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT const char *ucnv_getAvailableName(int number) { return (void)number, NULL; }
EXPORT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}

EXPORT const char *ucnv_getName(const void *converter, Status *status) {
    (void)converter;
    fail(status, BAD_ARGUMENT);
    return NULL;
}

EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, Status *status) {
    (void)name, (void)standard;
    fail(status, BAD_ARGUMENT);
    return NULL;
}

EXPORT int ucnv_toUCountPending(const void *converter, Status *status) {
    (void)converter;
    fail(status, BAD_ARGUMENT);
    return 0;
}

EXPORT void ucnv_getToUCallBack(const void *converter, void **action, const void **context) {
    (void)converter, (void)action, (void)context;
}

EXPORT void ucnv_getFromUCallBack(const void *converter, void **action, const void **context) {
    (void)converter, (void)action, (void)context;
}

EXPORT void ucnv_setToUCallBack(void *converter, void *action, const void *context, void **old, const void **old_context,
                                Status *status) {
    (void)converter, (void)action, (void)context, (void)old, (void)old_context;
    fail(status, BAD_ARGUMENT);
}

EXPORT void ucnv_setFromUCallBack(void *converter, void *action, const void *context, void **old, const void **old_context,
                                  Status *status) {
    (void)converter, (void)action, (void)context, (void)old, (void)old_context;
    fail(status, BAD_ARGUMENT);
}

EXPORT void ucnv_cbToUWriteUChars(void *arguments, const Unit *source, int length, int offset, Status *status) {
    (void)arguments, (void)source, (void)length, (void)offset;
    fail(status, BAD_ARGUMENT);
}

EXPORT void ucnv_cbFromUWriteUChars(void *arguments, const Unit **source, const Unit *end, int offset, Status *status) {
    (void)arguments, (void)source, (void)end, (void)offset;
    fail(status, BAD_ARGUMENT);
}

EXPORT void ucnv_toUnicode(void *converter, Unit **target, const Unit *target_end, const char **source, const char *source_end,
                           int *offsets, signed char flush, Status *status) {
    (void)converter, (void)target, (void)target_end, (void)source, (void)source_end, (void)offsets, (void)flush;
    fail(status, BAD_ARGUMENT);
}

EXPORT void ucnv_fromUnicode(void *converter, char **target, const char *target_end, const Unit **source,
                             const Unit *source_end, int *offsets, signed char flush, Status *status) {
    (void)converter, (void)target, (void)target_end, (void)source, (void)source_end, (void)offsets, (void)flush;
    fail(status, BAD_ARGUMENT);
}
