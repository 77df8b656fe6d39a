package io.zhitong.machinetls;

/**
 * Cryptographic profile of a machine's certificate and connections (机器证书与连接的密码套件轮廓): pinned at enrolment and
 * never negotiated down, because each profile offers exactly one protocol version, one cipher suite, one group and one
 * signature scheme (our profile, docs/keys.md "Machine certificates").
 *
 * <p>{@link #SM2} is RFC 8998; {@link #P256} is for boards without the national algorithms.
 */
public enum MachineProfile {
    /** TLS 1.3, TLS_SM4_GCM_SM3 (00C6), curveSM2 (0029), sm2sig_sm3 (0708). */
    SM2("sm2p256v1", "SM3withSM2", "TLS_SM4_GCM_SM3", "curveSM2", "sm2sig_sm3", "国密", "national algorithms"),
    /** TLS 1.3, TLS_AES_128_GCM_SHA256 (1301), secp256r1 (0017), ecdsa_secp256r1_sha256 (0403). */
    P256(
            "secp256r1",
            "SHA256withECDSA",
            "TLS_AES_128_GCM_SHA256",
            "secp256r1",
            "ecdsa_secp256r1_sha256",
            "国际算法",
            "P-256");

    static final String PROTOCOL = "TLSv1.3";

    private final String curve;
    private final String signature;
    private final String suite;
    private final String group;
    private final String scheme;
    private final String chinese;
    private final String english;

    MachineProfile(
            String curve, String signature, String suite, String group, String scheme, String chinese, String english) {
        this.curve = curve;
        this.signature = signature;
        this.suite = suite;
        this.group = group;
        this.scheme = scheme;
        this.chinese = chinese;
        this.english = english;
    }

    String curve() {
        return curve;
    }

    String signature() {
        return signature;
    }

    /** The only cipher suite of this profile, by its IANA name. */
    public String suite() {
        return suite;
    }

    String group() {
        return group;
    }

    String scheme() {
        return scheme;
    }

    /** What the profile's TLS provider calls a key when it asks the key manager for one. */
    String keyType() {
        return this == SM2 ? "EC/" + curve : "EC";
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
