/* The part of GM/T 0018 that the vault uses, written from the standard: structures are packed, coordinates lie right-aligned
 * in 64 bytes. */
#ifndef TEST_SDF_H
#define TEST_SDF_H

typedef unsigned char u8;
typedef unsigned int u32;

#define SGD_SM4_ECB 0x00000401u
#define SGD_SM4_CBC 0x00000402u
#define SGD_SM4_MAC 0x00000410u
#define SGD_SM3 0x00000001u
#define SGD_SM2_1 0x00020200u

#define SDR_OK 0
#define SDR_COMMFAIL 0x01000003
#define SDR_OPENDEVICE 0x01000005
#define SDR_OPENSESSION 0x01000006
#define SDR_PARDENY 0x01000007
#define SDR_KEYNOTEXIST 0x01000008
#define SDR_ALGNOTSUPPORT 0x01000009
#define SDR_PKOPERR 0x0100000B
#define SDR_SKOPERR 0x0100000C
#define SDR_VERIFYERR 0x0100000E
#define SDR_STEPERR 0x01000010
#define SDR_RANDERR 0x01000017
#define SDR_INARGERR 0x0100001D

#pragma pack(push, 1)
typedef struct {
    char issuer[40], name[16], serial[16];
    u32 version, standard, asym[2], sym, hash, buffer;
} DEVICEINFO;
typedef struct {
    u32 bits;
    u8 x[64], y[64];
} ECCrefPublicKey;
typedef struct {
    u8 r[64], s[64];
} ECCSignature;
typedef struct {
    u8 x[64], y[64], M[32];
    u32 L;
    u8 C[16];
} ECCCipher;
#pragma pack(pop)

/* sm.c: the algorithms, on OpenSSL's libcrypto */
void sm3(const u8 *a, u32 n, u8 out[32]);
void sm4(const u8 key[16], const u8 *in, u8 *out, u32 n, int encrypt);
void sm2_pair(u8 d[32], u8 xy[64]);
void sm2_z(const u8 xy[64], const u8 *id, u32 length, u8 z[32]);
int sm2_sign(const u8 d[32], const u8 e[32], u8 rs[64]);
int sm2_verify(const u8 xy[64], const u8 e[32], const u8 rs[64]);
int sm2_encrypt(const u8 xy[64], const u8 key[16], u8 c1[64], u8 c3[32], u8 c2[16]);
int sm2_decrypt(const u8 d[32], const u8 c1[64], const u8 c3[32], const u8 c2[16], u8 key[16]);

#endif
