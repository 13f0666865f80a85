/* TEST-ONLY, for Wine 8, which has no bcryptprimitives.dll: ProcessPrng, which cryptography 50 takes its random bytes from.
 * RtlGenRandom (exported as SystemFunction036) gives the same kind of bytes. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
    const SIZE_T most = 1u << 28;
    while (length) {
        ULONG part = (ULONG)(length < most ? length : most);
        if (!SystemFunction036(buffer, part)) return FALSE;
        buffer += part;
        length -= part;
    }
    return TRUE;
}
