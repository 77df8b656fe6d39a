package io.zhitong.personalisation;

import java.util.List;
import java.util.stream.Stream;

/** What is done to a card, in words that are shown before it is done (制卡步骤). */
public enum CardStep {
    IDENTIFY("读取芯片号，确认是本厂空白卡", "read the chip number, check that the card is ours to write"),
    TAKE_OVER("用本小区的卡片主控密钥替换运输密钥", "replace the transport key by the card's own control key"),
    PURSE_CREATE("建立电子钱包应用及文件", "create the purse application and its files"),
    PURSE_KEYS("写入钱包密钥（密文，仅对此卡有效）", "write the purse keys, wrapped for this card only"),
    PURSE_DATA("写入卡号、有效期与持卡人", "write serial, validity and holder"),
    ACCESS_CREATE("建立本小区门禁应用及文件", "create the community's access application and its files"),
    ACCESS_KEYS("写入门禁密钥（密文，仅对此卡有效）", "write the access keys, wrapped for this card only"),
    KEY_PAIR("在卡内生成 SM2 密钥对并签发证书", "let the card make its SM2 key pair, certify it"),
    VERIFY("用公开密钥验证成品卡", "check the finished card with public keys only"),
    SAM_SERIAL("写入模块序列号（一次发卡）", "write the module's serial number (first issue)"),
    SAM_BINDING("写入终端号、小区与有效期（二次发卡）", "write terminal, community and validity (second issue)"),
    SAM_KEYS("写入主密钥（密文，仅对此模块有效）", "write the masters, wrapped for this module only"),
    SAM_LEASE("写入租约", "write the lease"),
    SAM_CHECK("读回并核对成品模块", "read the finished module back");

    private final String zh;
    private final String en;

    CardStep(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    /** Chinese for people. */
    public String zh() {
        return zh;
    }

    /** English for people. */
    public String en() {
        return en;
    }

    /** The steps of a resident's card, in order. */
    public static List<CardStep> ofResidentCard() {
        return List.of(
                IDENTIFY,
                TAKE_OVER,
                PURSE_CREATE,
                PURSE_KEYS,
                PURSE_DATA,
                ACCESS_CREATE,
                ACCESS_KEYS,
                KEY_PAIR,
                VERIFY);
    }

    /** The steps of a SAM's first issue, in order. */
    public static List<CardStep> ofSamFirst() {
        return List.of(IDENTIFY, TAKE_OVER, SAM_SERIAL);
    }

    /** The steps of a SAM's second issue, in order. */
    public static List<CardStep> ofSamSecond() {
        return List.of(IDENTIFY, TAKE_OVER, SAM_BINDING, SAM_KEYS, SAM_LEASE, SAM_CHECK);
    }

    /** The steps of a SAM made in one go, in order. */
    public static List<CardStep> ofSam() {
        return Stream.concat(ofSamFirst().stream(), ofSamSecond().stream()).toList();
    }
}
