/* A device of GM/T 0018 for tests: keys in memory, the habits of real devices, and faults that are switched on by name, when it
 * is compiled (-DFAULTS='"crash"') or by zt_sdf_faults(). It protects nothing. */
#include "sdf.h"
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAIRS 64
#define KEKS 4
#ifndef PIN
#define PIN "12345678"
#endif

typedef struct key {
    struct key *next;
    u8 bytes[16];
} Key;
typedef struct session {
    struct session *next;
    Key *keys;
    EVP_MD_CTX *hash;
    u32 calls;
    int lost;
    u8 right[PAIRS + 1];
} Session;
typedef struct {
    u8 sign_d[32], sign_xy[64], enc_d[32], enc_xy[64];
} Pair;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Session *sessions;
static Key *orphans;
static int opened, devices, device_lost, made;
static Pair pairs[PAIRS + 1];
static u8 keks[KEKS + 1][16];
#ifndef FAULTS
#define FAULTS ""
#endif
static char faults[256] = FAULTS;

static int fault(const char *name) {
    size_t n = strlen(name);
    for (const char *at = strstr(faults, name); at; at = strstr(at + 1, name)) {
        if ((at == faults || at[-1] == ',') && (at[n] == 0 || at[n] == ',')) return 1;
    }
    return 0;
}

/* ---- control, for tests in the same process ---- */
void zt_sdf_faults(const char *names) {
    strncpy(faults, names, sizeof faults - 1);
}

/* Everything open is lost: sessions, and the device as well when asked. */
void zt_sdf_lose(int device) {
    pthread_mutex_lock(&lock);
    for (Session *s = sessions; s; s = s->next) s->lost = 1;
    if (device) device_lost = 1;
    pthread_mutex_unlock(&lock);
}

int zt_sdf_open_sessions(void) {
    int n = 0;
    for (Session *s = sessions; s; s = s->next) n++;
    return n;
}

int zt_sdf_keys(void) {
    int n = 0;
    for (Session *s = sessions; s; s = s->next)
        for (Key *k = s->keys; k; k = k->next) n++;
    return n;
}

/* ---- helpers ---- */
static int code(int right) { return fault("wrong-codes") ? SDR_INARGERR : right; }

static void make_device(void) {
    if (made) return;
    made = 1;
    for (int i = 1; i <= PAIRS; i++) {
        sm2_pair(pairs[i].sign_d, pairs[i].sign_xy);
        sm2_pair(pairs[i].enc_d, pairs[i].enc_xy);
    }
    RAND_bytes(&keks[0][0], sizeof keks);
}

/* Enters a call on a session: SDR_OK with the lock held, or the reason with the lock free. */
static int enter(void *handle, Session **out) {
    pthread_mutex_lock(&lock);
    for (Session *s = sessions; s; s = s->next) {
        if (s != handle) continue;
        if (fault("sessions-lost") && ++s->calls > 12) s->lost = 1;
        if (s->lost || device_lost) break;
        *out = s;
        return SDR_OK;
    }
    pthread_mutex_unlock(&lock);
    return SDR_COMMFAIL;
}

static int leave(int result) {
    pthread_mutex_unlock(&lock);
    return result;
}

static Key *find(Session *s, void *handle) {
    for (Key *k = s->keys; k; k = k->next)
        if (k == handle) return k;
    for (Key *k = orphans; k; k = k->next)
        if (k == handle) return k;
    return NULL;
}

static Key *hold(Session *s, const u8 bytes[16]) {
    Key *k = calloc(1, sizeof *k);
    memcpy(k->bytes, bytes, 16);
    k->next = s->keys;
    s->keys = k;
    return k;
}

static void put(u8 field[64], const u8 value[32]) {
    memset(field, 0, 64);
    memcpy(field + (fault("left-aligned") ? 0 : 32), value, 32);
}

static void put_point(ECCrefPublicKey *key, const u8 xy[64]) {
    key->bits = 256;
    put(key->x, xy);
    put(key->y, xy + 32);
}

static void get_two(const u8 *left, const u8 *right, u8 out[64]) {
    int at = fault("left-aligned") ? 0 : 32;
    memcpy(out, left + at, 32);
    memcpy(out + 32, right + at, 32);
}

static int pair_index(u32 index) { return index >= 1 && index <= PAIRS; }

/* ---- device and sessions ---- */
int SDF_OpenDevice(void **device) {
    if (!device) return SDR_INARGERR;
    if (fault("dead")) return SDR_OPENDEVICE;
    pthread_mutex_lock(&lock);
    make_device();
    device_lost = 0;
    *device = (void *)(size_t)(0x1000 + ++devices);
    return leave(SDR_OK);
}

int SDF_CloseDevice(void *device) { return device ? SDR_OK : SDR_INARGERR; }

int SDF_OpenSession(void *device, void **session) {
    if (!device || !session) return SDR_INARGERR;
    if (device_lost || fault("dead")) return SDR_OPENSESSION;
    pthread_mutex_lock(&lock);
    if (fault("sessions-leak") && ++opened > 64) return leave(SDR_OPENSESSION);
    if (fault("kek-changes")) RAND_bytes(&keks[0][0], sizeof keks);
    Session *s = calloc(1, sizeof *s);
    s->hash = EVP_MD_CTX_new();
    s->next = sessions;
    sessions = s;
    *session = s;
    return leave(SDR_OK);
}

int SDF_CloseSession(void *session) {
    if (fault("closed-works")) return SDR_OK;
    pthread_mutex_lock(&lock);
    for (Session **at = &sessions; *at; at = &(*at)->next) {
        if (*at != session) continue;
        Session *s = *at;
        *at = s->next;
        for (Key *k = s->keys, *next; k; k = next) {
            next = k->next;
            if (fault("keys-stay")) {
                k->next = orphans;
                orphans = k;
                continue;
            }
            OPENSSL_cleanse(k, sizeof *k);
            free(k);
        }
        EVP_MD_CTX_free(s->hash);
        free(s);
        return leave(SDR_OK);
    }
    return leave(SDR_INARGERR);
}

int SDF_GetDeviceInfo(void *session, DEVICEINFO *info) {
    Session *s;
    int result = enter(session, &s);
    if (result) return result;
    memset(info, 0, sizeof *info);
    strcpy(info->issuer, "test device, protects nothing");
    strcpy(info->name, "testsdf");
    strcpy(info->serial, "2026010100000001");
    info->version = 1;
    info->standard = 1;
    info->asym[0] = SGD_SM2_1;
    info->asym[1] = 256;
    info->sym = 0x00000413;
    info->hash = SGD_SM3;
    info->buffer = 65536;
    return leave(SDR_OK);
}

int SDF_GenerateRandom(void *session, u32 length, u8 *out) {
    Session *s;
    int result = enter(session, &s);
    if (result) return result;
    if (!out) return leave(code(SDR_INARGERR));
    if (fault("hang-random")) for (;;) pause();
    RAND_bytes(out, (int)length);
    if (fault("weak-random")) memset(out, 0x5A, length);
    if (fault("overrun")) out[length] = 0;
    return leave(SDR_OK);
}

int SDF_GetPrivateKeyAccessRight(void *session, u32 index, u8 *pin, u32 length) {
    Session *s;
    int result = enter(session, &s);
    if (result) return result;
    if (!pair_index(index)) return leave(code(SDR_KEYNOTEXIST));
    if (length != strlen(PIN) || memcmp(pin, PIN, length)) return leave(code(SDR_PARDENY));
    s->right[index] = 1;
    return leave(SDR_OK);
}

int SDF_ReleasePrivateKeyAccessRight(void *session, u32 index) {
    Session *s;
    int result = enter(session, &s);
    if (result) return result;
    if (!pair_index(index)) return leave(code(SDR_KEYNOTEXIST));
    s->right[index] = 0;
    return leave(SDR_OK);
}

/* ---- key pairs ---- */
static int export_point(void *session, u32 index, ECCrefPublicKey *out, int sign) {
    Session *s;
    int result = enter(session, &s);
    if (result) return result;
    if (!pair_index(index)) return leave(code(SDR_KEYNOTEXIST));
    put_point(out, sign ? pairs[index].sign_xy : pairs[index].enc_xy);
    return leave(SDR_OK);
}

int SDF_ExportSignPublicKey_ECC(void *session, u32 index, ECCrefPublicKey *out) {
    return export_point(session, index, out, 1);
}

int SDF_ExportEncPublicKey_ECC(void *session, u32 index, ECCrefPublicKey *out) {
    return export_point(session, index, out, 0);
}

int SDF_InternalSign_ECC(void *session, u32 index, u8 *hash, u32 length, ECCSignature *out) {
    Session *s;
    int result = enter(session, &s);
    if (result) return result;
    if (!pair_index(index)) return leave(code(SDR_KEYNOTEXIST));
    if (!s->right[index] && !fault("no-right")) return leave(code(SDR_PARDENY));
    if (length != 32) return leave(code(SDR_INARGERR));
    u8 rs[64];
    sm2_sign(pairs[index].sign_d, hash, rs);
    put(out->r, rs);
    put(out->s, rs + 32);
    return leave(SDR_OK);
}

int SDF_InternalVerify_ECC(void *session, u32 index, u8 *hash, u32 length, ECCSignature *signature) {
    Session *s;
    u8 rs[64];
    int result = enter(session, &s);
    if (result) return result;
    if (!pair_index(index)) return leave(code(SDR_KEYNOTEXIST));
    get_two(signature->r, signature->s, rs);
    int good = length == 32 && sm2_verify(pairs[index].sign_xy, hash, rs);
    return leave(good || fault("verify-yes") ? SDR_OK : code(SDR_VERIFYERR));
}

#ifndef WITHOUT_EXTERNAL_VERIFY
int SDF_ExternalVerify_ECC(void *session, u32 algorithm, ECCrefPublicKey *key, u8 *hash, u32 length, ECCSignature *signature) {
    Session *s;
    u8 rs[64], xy[64];
    int result = enter(session, &s);
    if (result) return result;
    if (algorithm != SGD_SM2_1) return leave(code(SDR_ALGNOTSUPPORT));
    get_two(signature->r, signature->s, rs);
    get_two(key->x, key->y, xy);
    int good = length == 32 && sm2_verify(xy, hash, rs);
    return leave(good || fault("verify-yes") ? SDR_OK : code(SDR_VERIFYERR));
}
#endif

/* ---- keys ---- */
int SDF_GenerateKeyWithIPK_ECC(void *session, u32 index, u32 bits, ECCCipher *out, void **key) {
    Session *s;
    u8 fresh[16], c1[64];
    int result = enter(session, &s);
    if (result) return result;
    if (!pair_index(index)) return leave(code(SDR_KEYNOTEXIST));
    if (bits != 128) return leave(code(SDR_INARGERR));
    RAND_bytes(fresh, 16);
    if (!sm2_encrypt(pairs[index].enc_xy, fresh, c1, out->M, out->C)) return leave(SDR_PKOPERR);
    put(out->x, c1);
    put(out->y, c1 + 32);
    out->L = 16;
    *key = hold(s, fresh);
    return leave(SDR_OK);
}

int SDF_ImportKeyWithISK_ECC(void *session, u32 index, ECCCipher *in, void **key) {
    Session *s;
    u8 clear[16], c1[64];
    int result = enter(session, &s);
    if (result) return result;
    if (!pair_index(index)) return leave(code(SDR_KEYNOTEXIST));
    if (!s->right[index] && !fault("no-right")) return leave(code(SDR_PARDENY));
    get_two(in->x, in->y, c1);
    if (in->L != 16 || !sm2_decrypt(pairs[index].enc_d, c1, in->M, in->C, clear)) return leave(code(SDR_SKOPERR));
    *key = hold(s, clear);
    return leave(SDR_OK);
}

int SDF_GenerateKeyWithKEK(void *session, u32 bits, u32 algorithm, u32 kek, u8 *out, u32 *length, void **key) {
    Session *s;
    u8 fresh[16];
    int result = enter(session, &s);
    if (result) return result;
    if (kek < 1 || kek > KEKS) return leave(code(SDR_KEYNOTEXIST));
    if (algorithm != SGD_SM4_ECB) return leave(code(SDR_ALGNOTSUPPORT));
    if (bits != 128) return leave(code(SDR_INARGERR));
    RAND_bytes(fresh, 16);
    sm4(keks[kek], fresh, out, 16, 1);
    if (fault("kek-wrong")) out[3] ^= 1;
    *length = 16;
    *key = hold(s, fresh);
    return leave(SDR_OK);
}

int SDF_ImportKeyWithKEK(void *session, u32 algorithm, u32 kek, u8 *in, u32 length, void **key) {
    Session *s;
    u8 clear[16];
    int result = enter(session, &s);
    if (result) return result;
    if (kek < 1 || kek > KEKS) return leave(code(SDR_KEYNOTEXIST));
    if (algorithm != SGD_SM4_ECB) return leave(code(SDR_ALGNOTSUPPORT));
    if (length != 16) return leave(code(SDR_INARGERR));
    sm4(keks[kek], in, clear, 16, 0);
    *key = hold(s, clear);
    return leave(SDR_OK);
}

int SDF_DestroyKey(void *session, void *key) {
    Session *s;
    int result = enter(session, &s);
    if (result) return result;
    for (Key **at = &s->keys; *at; at = &(*at)->next) {
        if (*at != key) continue;
        Key *k = *at;
        if (fault("destroy-ignored")) return leave(SDR_OK);
        *at = k->next;
        OPENSSL_cleanse(k, sizeof *k);
        free(k);
        return leave(SDR_OK);
    }
    return leave(code(SDR_KEYNOTEXIST));
}

/* ---- SM4 ---- */
static void crypt_blocks(const u8 *key, u8 *iv, int cbc, int encrypt, const u8 *in, u32 n, u8 *out) {
    u8 chain[16] = {0}, block[16], result[16];
    if (cbc) memcpy(chain, iv, 16);
    for (u32 at = 0; at < n; at += 16) {
        memcpy(block, in + at, 16);
        for (int i = 0; cbc && encrypt && i < 16; i++) block[i] ^= chain[i];
        sm4(key, block, result, 16, encrypt);
        for (int i = 0; cbc && !encrypt && i < 16; i++) result[i] ^= chain[i];
        memcpy(chain, encrypt ? result : block, 16);
        memcpy(out + at, result, 16);
    }
    if (cbc && !fault("iv-kept")) memcpy(iv, chain, 16);
}

static int crypt_call(void *session, void *key, u32 algorithm, u8 *iv, u8 *in, u32 n, u8 *out, u32 *length, int encrypt) {
    Session *s;
    u8 padded[65536 + 16];
    int result = enter(session, &s);
    if (result) return result;
    Key *k = find(s, key);
    int cbc = algorithm == SGD_SM4_CBC;
    if (!k) return leave(code(SDR_KEYNOTEXIST));
    if (algorithm != SGD_SM4_ECB && !cbc) return leave(code(SDR_ALGNOTSUPPORT));
    if (!in || !out || (cbc && !iv) || n > 65536) return leave(code(SDR_INARGERR));
    if ((n == 0 || n % 16) && !fault("unaligned-taken")) return leave(code(SDR_INARGERR));
    memset(padded, 0, sizeof padded);
    memcpy(padded, in, n);
    u32 whole = (n + 15) / 16 * 16;
    if (fault("pads") && encrypt) {
        memset(padded + whole, 16, 16);
        whole += 16;
    }
    if (fault("wrong-sm4")) padded[0] ^= 1;
    crypt_blocks(k->bytes, iv, cbc, encrypt, padded, whole, out);
    *length = whole;
    return leave(SDR_OK);
}

int SDF_Encrypt(void *session, void *key, u32 algorithm, u8 *iv, u8 *in, u32 n, u8 *out, u32 *length) {
    return crypt_call(session, key, algorithm, iv, in, n, out, length, 1);
}

int SDF_Decrypt(void *session, void *key, u32 algorithm, u8 *iv, u8 *in, u32 n, u8 *out, u32 *length) {
    return crypt_call(session, key, algorithm, iv, in, n, out, length, 0);
}

int SDF_CalculateMAC(void *session, void *key, u32 algorithm, u8 *iv, u8 *in, u32 n, u8 *mac, u32 *length) {
    static u8 shared[65536];
    Session *s;
    int result = enter(session, &s);
    if (result) return result;
    Key *k = find(s, key);
    if (!k) return leave(code(SDR_KEYNOTEXIST));
    if (algorithm != SGD_SM4_MAC) return leave(code(SDR_ALGNOTSUPPORT));
    if (!iv || !in || !mac || n == 0 || n > sizeof shared || n % 16) return leave(code(SDR_INARGERR));
    if (fault("crash")) raise(SIGSEGV);
    if (fault("racy")) {
        memcpy(shared, in, n);
        pthread_mutex_unlock(&lock);
        usleep(200);
        pthread_mutex_lock(&lock);
        in = shared;
    }
    u8 *out = malloc(n);
    crypt_blocks(k->bytes, iv, 1, 1, in, n, out);
    *length = fault("mac-short") ? 4 : 16;
    memcpy(mac, out + n - 16, *length);
    free(out);
    return leave(SDR_OK);
}

/* ---- SM3 ---- */
int SDF_HashInit(void *session, u32 algorithm, ECCrefPublicKey *key, u8 *id, u32 length) {
    Session *s;
    u8 xy[64], z[32];
    int result = enter(session, &s);
    if (result) return result;
    if (algorithm != SGD_SM3) return leave(code(SDR_ALGNOTSUPPORT));
    if (length > 256) return leave(code(SDR_INARGERR));
    EVP_DigestInit_ex(s->hash, EVP_sm3(), NULL);
    if (key && length && !fault("no-z")) {
        get_two(key->x, key->y, xy);
        sm2_z(xy, id, length, z);
        EVP_DigestUpdate(s->hash, z, 32);
    }
    return leave(SDR_OK);
}

int SDF_HashUpdate(void *session, u8 *data, u32 length) {
    Session *s;
    int result = enter(session, &s);
    if (result) return result;
    if (!EVP_MD_CTX_get0_md(s->hash)) return leave(code(SDR_STEPERR));
    EVP_DigestUpdate(s->hash, data, length);
    return leave(SDR_OK);
}

int SDF_HashFinal(void *session, u8 *out, u32 *length) {
    Session *s;
    int result = enter(session, &s);
    if (result) return result;
    if (!EVP_MD_CTX_get0_md(s->hash)) return leave(code(SDR_STEPERR));
    EVP_DigestFinal_ex(s->hash, out, length);
    EVP_MD_CTX_reset(s->hash);
    return leave(SDR_OK);
}
