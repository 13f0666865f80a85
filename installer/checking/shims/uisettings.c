/* TEST-ONLY, for Wine 8, which has no Windows.UI.ViewManagement.UISettings: without it Qt 6.11 opens no window.
 * One object with the four interfaces that Qt asks for: colours of a plain Windows 10, text at 100 %, no change ever told. */
#define COBJMACROS
#include <windows.h>

#include <activation.h>
#include <inspectable.h>
#include <stdlib.h>

#define EXPORT __declspec(dllexport)
#define FACES 4

static const GUID unknown = {0, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID inspectable = {0xaf86e2e0, 0xb12d, 0x4c6a, {0x9c, 0x5a, 0xd7, 0xaa, 0x65, 0x10, 0x1e, 0x90}};
static const GUID factory_id = {0x35, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID agile = {0x94ea2b94, 0xe9cc, 0x49e0, {0xc0, 0xff, 0xee, 0x64, 0xca, 0x8f, 0x5b, 0x90}};
/* IUISettings, IUISettings2 (text scale), IUISettings3 (colours), IUISettings4 (effects). */
static const GUID faces[FACES] = {
    {0x85361600, 0x1c63, 0x4627, {0xbc, 0xb1, 0x3a, 0x89, 0xe0, 0xbc, 0x9c, 0x55}},
    {0xbad82401, 0x2721, 0x44f9, {0xbb, 0x91, 0x2b, 0xb2, 0x28, 0xbe, 0x44, 0x2f}},
    {0x03021be4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xf7, 0xd0, 0x6d, 0x7b}},
    {0x52bb3002, 0x919b, 0x4d6b, {0x9b, 0x78, 0x8d, 0xd6, 0x6f, 0xf4, 0xb9, 0x3b}},
};

/* A face is a pointer to its table and a way back to the object. */
typedef struct Settings Settings;
typedef struct {
    const void *const *table;
    Settings *owner;
} Face;
struct Settings {
    Face face[FACES];
    LONG references;
};

static HRESULT WINAPI query(Face *face, REFIID wanted, void **found) {
    Settings *owner = face->owner;
    *found = NULL;
    if (IsEqualGUID(wanted, &unknown) || IsEqualGUID(wanted, &inspectable) || IsEqualGUID(wanted, &agile))
        *found = &owner->face[0];
    for (int i = 0; i < FACES; i++)
        if (IsEqualGUID(wanted, &faces[i])) *found = &owner->face[i];
    if (!*found) return E_NOINTERFACE;
    InterlockedIncrement(&owner->references);
    return S_OK;
}

static ULONG WINAPI hold(Face *face) { return (ULONG)InterlockedIncrement(&face->owner->references); }

static ULONG WINAPI let_go(Face *face) {
    LONG left = InterlockedDecrement(&face->owner->references);
    if (!left) free(face->owner);
    return (ULONG)left;
}

static HRESULT WINAPI interfaces(void *self, ULONG *count, IID **list) {
    (void)self;
    *count = 0;
    *list = NULL;
    return S_OK;
}

static HRESULT WINAPI class_name(void *self, HSTRING *name) {
    (void)self;
    *name = NULL;
    return S_OK;
}

static HRESULT WINAPI trust(void *self, TrustLevel *level) {
    (void)self;
    *level = BaseTrust;
    return S_OK;
}

static HRESULT WINAPI not_here(void *self) {
    (void)self;
    return E_NOTIMPL;
}

static HRESULT WINAPI text_scale(void *self, double *factor) {
    (void)self;
    *factor = 1.0;
    return S_OK;
}

static HRESULT WINAPI watch(void *self, void *handler, INT64 *token) {
    (void)self, (void)handler;
    if (token) *token = 1;
    return S_OK;
}

static HRESULT WINAPI unwatch(void *self, INT64 token) {
    (void)self, (void)token;
    return S_OK;
}

/* UIColorType: background, foreground, three darker accents, accent, three lighter ones, complement. */
static HRESULT WINAPI colour(void *self, int type, BYTE *argb) {
    static const BYTE table[][3] = {{255, 255, 255}, {0, 0, 0},      {0, 38, 66},     {0, 62, 108},    {0, 90, 158},
                                    {0, 120, 215},   {66, 156, 227}, {118, 185, 237}, {166, 216, 255}, {255, 255, 255}};
    (void)self;
    const BYTE *rgb = table[type >= 0 && type < 10 ? type : 0];
    argb[0] = 255;
    for (int i = 0; i < 3; i++) argb[i + 1] = rgb[i];
    return S_OK;
}

static HRESULT WINAPI yes(void *self, BYTE *value) {
    (void)self;
    *value = 1;
    return S_OK;
}

#define HEAD query, hold, let_go, interfaces, class_name, trust
static const void *const first[] = {HEAD,     not_here, not_here, not_here, not_here, not_here, not_here,
                                    not_here, not_here, not_here, not_here, not_here, not_here, not_here};
static const void *const second[] = {HEAD, text_scale, watch, unwatch};
static const void *const third[] = {HEAD, colour, watch, unwatch};
static const void *const fourth[] = {HEAD, yes, watch, unwatch};
static const void *const *const tables[FACES] = {first, second, third, fourth};

static HRESULT WINAPI factory_query(void *self, REFIID wanted, void **found) {
    BOOL known = IsEqualGUID(wanted, &unknown) || IsEqualGUID(wanted, &inspectable) || IsEqualGUID(wanted, &factory_id) ||
                 IsEqualGUID(wanted, &agile);
    *found = known ? self : NULL;
    return known ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI factory_hold(void *self) { return (void)self, 2; }
static ULONG WINAPI factory_let_go(void *self) { return (void)self, 1; }

static HRESULT WINAPI make(void *self, void **made) {
    Settings *settings = calloc(1, sizeof *settings);
    (void)self;
    if (!settings) return E_OUTOFMEMORY;
    settings->references = 1;
    for (int i = 0; i < FACES; i++) settings->face[i] = (Face){tables[i], settings};
    *made = &settings->face[0];
    return S_OK;
}

static const void *const factory_table[] = {factory_query, factory_hold, factory_let_go, interfaces, class_name, trust, make};
static const void *const *factory = factory_table;

EXPORT HRESULT WINAPI DllGetActivationFactory(HSTRING name, void **made) {
    (void)name;
    *made = &factory;
    return S_OK;
}

EXPORT HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }
