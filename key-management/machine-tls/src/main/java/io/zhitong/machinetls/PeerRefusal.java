package io.zhitong.machinetls;

/** Why a peer's certificate was refused in the handshake (拒绝对端证书的原因). */
public enum PeerRefusal {
    NO_CERTIFICATE("未出示证书", "no certificate"),
    CHAIN_TOO_LONG("证书链不合规", "not a chain of one machine certificate and its authority"),
    FOREIGN_AUTHORITY("非本系统签发", "issued by a foreign authority"),
    NOT_A_MACHINE("不是机器证书", "not a machine certificate"),
    WRONG_CURVE("曲线不符", "key on another curve than the profile's"),
    NOT_YET_VALID("证书尚未生效", "not yet valid"),
    EXPIRED("证书已过期", "expired"),
    REVOKED("证书已吊销", "revoked"),
    WRONG_ROLE("机器角色不被接受", "role not accepted here");

    private final String chinese;
    private final String english;

    PeerRefusal(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
