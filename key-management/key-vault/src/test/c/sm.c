/* SM2, SM3 and SM4 of the test device, by the formulas of GB/T 32918, 32905 and 32907 over OpenSSL's big numbers. */
#include "sdf.h"
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/rand.h>
#include <string.h>

static EC_GROUP *curve(void) {
    static EC_GROUP *group;
    if (!group) group = EC_GROUP_new_by_curve_name(NID_sm2);
    return group;
}

void sm3(const u8 *a, u32 n, u8 out[32]) { EVP_Digest(a, n, out, NULL, EVP_sm3(), NULL); }

void sm4(const u8 key[16], const u8 *in, u8 *out, u32 n, int encrypt) {
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int done = 0;
    EVP_CipherInit_ex(ctx, EVP_sm4_ecb(), NULL, key, NULL, encrypt);
    EVP_CIPHER_CTX_set_padding(ctx, 0);
    EVP_CipherUpdate(ctx, out, &done, in, (int)n);
    EVP_CIPHER_CTX_free(ctx);
}

static void xy_of(const EC_POINT *point, u8 xy[64]) {
    BIGNUM *x = BN_new(), *y = BN_new();
    EC_POINT_get_affine_coordinates(curve(), point, x, y, NULL);
    BN_bn2binpad(x, xy, 32);
    BN_bn2binpad(y, xy + 32, 32);
    BN_free(x);
    BN_free(y);
}

static EC_POINT *point_of(const u8 xy[64]) {
    EC_POINT *point = EC_POINT_new(curve());
    BIGNUM *x = BN_bin2bn(xy, 32, NULL), *y = BN_bin2bn(xy + 32, 32, NULL);
    int on = EC_POINT_set_affine_coordinates(curve(), point, x, y, NULL);
    BN_free(x);
    BN_free(y);
    if (on) return point;
    EC_POINT_free(point);
    return NULL;
}

void sm2_pair(u8 d[32], u8 xy[64]) {
    BIGNUM *k = BN_new(), *top = BN_dup(EC_GROUP_get0_order(curve()));
    EC_POINT *point = EC_POINT_new(curve());
    BN_sub_word(top, 2);
    BN_rand_range(k, top);
    BN_add_word(k, 1);
    EC_POINT_mul(curve(), point, k, NULL, NULL, NULL);
    BN_bn2binpad(k, d, 32);
    xy_of(point, xy);
    EC_POINT_free(point);
    BN_clear_free(k);
    BN_free(top);
}

void sm2_z(const u8 xy[64], const u8 *id, u32 length, u8 z[32]) {
    u8 all[2 + 256 + 6 * 32];
    u32 at = 2;
    BIGNUM *a = BN_new(), *b = BN_new();
    EC_GROUP_get_curve(curve(), NULL, a, b, NULL);
    all[0] = (u8)(length * 8 >> 8);
    all[1] = (u8)(length * 8);
    memcpy(all + at, id, length);
    at += length;
    BN_bn2binpad(a, all + at, 32);
    BN_bn2binpad(b, all + at + 32, 32);
    xy_of(EC_GROUP_get0_generator(curve()), all + at + 64);
    memcpy(all + at + 128, xy, 64);
    sm3(all, at + 192, z);
    BN_free(a);
    BN_free(b);
}

int sm2_sign(const u8 d8[32], const u8 e8[32], u8 rs[64]) {
    const BIGNUM *n = EC_GROUP_get0_order(curve());
    BN_CTX *ctx = BN_CTX_new();
    BIGNUM *d = BN_bin2bn(d8, 32, NULL), *e = BN_bin2bn(e8, 32, NULL), *r = BN_new(), *s = BN_new(), *t = BN_new();
    do {
        u8 k8[32], xy[64];
        sm2_pair(k8, xy);
        BIGNUM *k = BN_bin2bn(k8, 32, NULL), *x = BN_bin2bn(xy, 32, NULL);
        BN_mod_add(r, e, x, n, ctx);
        BN_mod_mul(t, r, d, n, ctx);
        BN_mod_sub(s, k, t, n, ctx);
        BN_copy(t, d);
        BN_add_word(t, 1);
        BN_mod_inverse(t, t, n, ctx);
        BN_mod_mul(s, s, t, n, ctx);
        BN_free(k);
        BN_free(x);
    } while (BN_is_zero(r) || BN_is_zero(s));
    BN_bn2binpad(r, rs, 32);
    BN_bn2binpad(s, rs + 32, 32);
    BN_clear_free(d);
    BN_free(e);
    BN_free(r);
    BN_free(s);
    BN_free(t);
    BN_CTX_free(ctx);
    return 1;
}

int sm2_verify(const u8 xy[64], const u8 e8[32], const u8 rs[64]) {
    const BIGNUM *n = EC_GROUP_get0_order(curve());
    BN_CTX *ctx = BN_CTX_new();
    BIGNUM *e = BN_bin2bn(e8, 32, NULL), *r = BN_bin2bn(rs, 32, NULL), *s = BN_bin2bn(rs + 32, 32, NULL), *t = BN_new();
    EC_POINT *p = point_of(xy), *sum = EC_POINT_new(curve());
    int good = p && !BN_is_zero(r) && !BN_is_zero(s) && BN_cmp(r, n) < 0 && BN_cmp(s, n) < 0;
    if (good) {
        BN_mod_add(t, r, s, n, ctx);
        EC_POINT_mul(curve(), sum, s, p, t, ctx);
        good = !BN_is_zero(t) && !EC_POINT_is_at_infinity(curve(), sum);
    }
    if (good) {
        u8 at[64];
        xy_of(sum, at);
        BN_bin2bn(at, 32, t);
        BN_mod_add(t, t, e, n, ctx);
        good = BN_cmp(t, r) == 0;
    }
    EC_POINT_free(p);
    EC_POINT_free(sum);
    BN_free(e);
    BN_free(r);
    BN_free(s);
    BN_free(t);
    BN_CTX_free(ctx);
    return good;
}

/* The mask of 16 bytes and the hash that bind a key to the shared point x2 || y2. */
static void mask(const u8 shared[64], u8 out[16]) {
    u8 in[68], hash[32];
    memcpy(in, shared, 64);
    memcpy(in + 64, "\0\0\0\1", 4);
    sm3(in, 68, hash);
    memcpy(out, hash, 16);
}

static void bind(const u8 shared[64], const u8 key[16], u8 hash[32]) {
    u8 in[80];
    memcpy(in, shared, 32);
    memcpy(in + 32, key, 16);
    memcpy(in + 48, shared + 32, 32);
    sm3(in, 80, hash);
}

static int shared_point(const u8 scalar[32], const u8 xy[64], u8 out[64]) {
    EC_POINT *p = point_of(xy), *product = EC_POINT_new(curve());
    BIGNUM *k = BN_bin2bn(scalar, 32, NULL);
    if (p) {
        EC_POINT_mul(curve(), product, NULL, p, k, NULL);
        xy_of(product, out);
    }
    int good = p != NULL;
    EC_POINT_free(p);
    EC_POINT_free(product);
    BN_clear_free(k);
    return good;
}

int sm2_encrypt(const u8 xy[64], const u8 key[16], u8 c1[64], u8 c3[32], u8 c2[16]) {
    u8 k[32], shared[64], m[16];
    sm2_pair(k, c1);
    if (!shared_point(k, xy, shared)) return 0;
    mask(shared, m);
    for (int i = 0; i < 16; i++) c2[i] = key[i] ^ m[i];
    bind(shared, key, c3);
    return 1;
}

int sm2_decrypt(const u8 d[32], const u8 c1[64], const u8 c3[32], const u8 c2[16], u8 key[16]) {
    u8 shared[64], m[16], hash[32];
    if (!shared_point(d, c1, shared)) return 0;
    mask(shared, m);
    for (int i = 0; i < 16; i++) key[i] = c2[i] ^ m[i];
    bind(shared, key, hash);
    return memcmp(hash, c3, 32) == 0;
}
