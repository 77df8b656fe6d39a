package io.zhitong.cardterminal;

/**
 * Why a door did not believe a card (门禁认证失败原因). For the log only: outwards every one of them is the same "not genuine".
 */
public enum AccessFailure {
    CARD_LEFT("卡片过早离开", "the card left", false),
    READER_FAILED("读卡器故障", "the reader failed", false),
    NO_APPLICATION("卡上没有本小区门禁应用", "no access application of this community", false),
    METHOD_NOT_OFFERED("卡片不支持本门要求的认证方式", "the card does not offer the door's method", false),
    CARD_REFUSED("卡片拒绝认证", "the card refused", false),
    TOO_SLOW("应答超时", "the answer came after the challenge had died", false),
    LENGTH("应答长度错误", "wrong length", true),
    EPHEMERAL("临时公钥无效", "the card's ephemeral point does not decode", true),
    TAG("密文校验失败", "the sealed part does not open", true),
    CERTIFICATE_FORM("证书格式错误", "the certificate's version or form is wrong", true),
    CERTIFICATE_ROLE("证书角色错误", "the certificate is not a card's", true),
    ISSUER_UNKNOWN("发卡公钥不在签名清单上", "the issuer's key is not on the signed list", true),
    CERTIFICATE_SIGNATURE("证书签名错误", "the certificate's signature is wrong", true),
    DATES("证书不在有效期内", "the certificate is not valid today", true),
    CARD_POINT("卡公钥无效", "the card's point does not decode", true),
    SIGNATURE("卡签名错误", "the card's signature is wrong", true),
    SAM_FAILED("门禁 SAM 故障", "the access SAM failed", false),
    FAST_MAC("快速认证码错误", "the fast answer's MAC is wrong", true),
    LEGACY_CRYPTOGRAM("传统认证密文错误", "the legacy answer is wrong", true),
    TOO_FAR("距离应答过慢，疑似中继", "the distance answers came too late: the card is relayed or far away", true);

    private final String zh;
    private final String en;
    private final boolean suspicious;

    AccessFailure(String zh, String en, boolean suspicious) {
        this.zh = zh;
        this.en = en;
        this.suspicious = suspicious;
    }

    /** Chinese for the log. */
    public String zh() {
        return zh;
    }

    /** English for the log. */
    public String en() {
        return en;
    }

    /** Whether it counts towards the alarm after five in a row. */
    public boolean suspicious() {
        return suspicious;
    }
}
