package io.zhitong.keyapi;

/** Why the vault, or the way to it, refused (拒绝原因). The code is one byte on the wire, never reused, never 0. */
public enum KeyRefusal {
    SEALED(1, "密钥库未开启", "vault is sealed"),
    NOT_ALLOWED(2, "该用途不允许此操作", "the usage does not allow this operation"),
    MASTER_DERIVES_ONLY(3, "主密钥只能分散", "masters are only derived from"),
    UNKNOWN_KEY(4, "没有该密钥或版本", "no such key or version"),
    KEY_NOT_ACTIVE(5, "密钥已停用", "the key is not active"),
    BAD_FACTORS(6, "分散因子不符", "factors do not fit the key's chain"),
    MALFORMED(7, "请求格式错误", "malformed request"),
    TOO_LARGE(8, "请求过大", "request too large"),
    CARD_PROOF_WRONG(9, "卡片证明不正确", "the card's proof is wrong"),
    BAD_TOKEN(10, "注册令牌无效", "enrolment token unknown, used or over"),
    BAD_CERTIFICATE_REQUEST(11, "证书请求不合规", "bad certificate request"),
    CALLER_NOT_ALLOWED(12, "调用者无此权限", "the caller may not do this"),
    STORE_FAILED(13, "密钥库写入失败", "the vault could not store or audit"),
    INTERNAL(14, "密钥库内部错误", "the vault failed"),
    /** Client side only: no connection, no answer in time, or a peer that is not the vault. */
    UNAVAILABLE(15, "密钥库不可达", "the vault cannot be reached"),
    /** A purse whose issuer is somebody else: its keys exist here only to go into PSAMs. */
    NOT_ISSUER(16, "本单位不是该钱包的发行方", "not the issuer of this purse"),
    BAD_KEY_BLOCK(17, "密钥块损坏或不属于该交换密钥", "the key block is damaged or under another key"),
    ILLEGAL_STATE_CHANGE(18, "密钥状态不允许此变更", "the key's state does not allow this change"),
    NOT_EXPORTABLE(19, "密钥不可导出", "the key is not exportable"),
    KEY_EXISTS(20, "该密钥版本已存在", "there is such a version already"),
    WRONG_COMPONENTS(21, "分量合成的校验值不符", "the components do not give the check value"),
    OTHER_SHARES(24, "份额不属于本密钥库", "a share of another set"),
    SHARE_REPEATED(25, "该份额已提交", "this share was given already"),
    WRONG_QUORUM(26, "份额合并后无法开启", "the shares open nothing together"),
    RESTORED(27, "已恢复，待确认最新编号", "restored, waits for the newest number"),
    SUPERSEDED(28, "已被备用密钥库接替", "another vault has taken over"),
    WRONG_PIN(32, "口令错误", "wrong PIN"),
    CUSTODIAN_LOCKED(33, "保管人已锁定", "the custodian is locked"),
    UNKNOWN_CUSTODIAN(34, "没有该保管人", "no such custodian"),
    SAME_CUSTODIAN(35, "需要另一位保管人", "another custodian is needed"),
    UNKNOWN_PROPOSAL(36, "没有该待批指令", "no such proposal"),
    PROPOSAL_OVER(37, "待批指令已结束", "the proposal is over"),
    ORDER_CHANGED(38, "指令已被更改", "the order is not the one that was shown"),
    CLOCK_BACK(39, "时钟被回拨", "the clock was moved back"),
    CEREMONY_STEP(40, "仪式步骤不符", "not at this step of the ceremony"),
    COMMITMENT_DIFFERS(41, "分量与承诺不符", "the component does not fit its commitment"),
    BAD_SHARE(42, "份额不正确", "the share is wrong"),
    BAD_NAME(43, "姓名不合规", "bad name"),
    BAD_PIN(44, "口令不合规", "bad PIN"),
    BAD_COMPONENT(45, "分量不合规", "bad component"),
    REHEARSAL(46, "演练密钥不可用于生产", "rehearsal keys are for no production"),
    TOO_MANY(47, "数量过多", "too many at once"),
    UNKNOWN_ITEM(64, "登记中没有此物", "the register does not have it"),
    ITEM_EXISTS(65, "同类同号已登记", "another thing of that kind and serial is registered"),
    ITEM_GONE(66, "已遗失或已销毁", "it is lost or destroyed"),
    NOT_HOLDER(67, "不是保管者", "not who has it"),
    WITNESS_NEEDED(68, "须由另一人见证", "another person is needed"),
    OTHER_TERMINAL(69, "模块登记在另一终端", "the module is registered for another terminal"),
    LEASE_TOO_LONG(70, "租约超出上限", "the lease is longer or larger than allowed"),
    CARD_NEEDED(71, "须先出示认证卡", "the authentication card is needed first"),
    CARD_ANSWER_WRONG(72, "认证卡应答不正确", "the authentication card's answer is wrong"),
    CARD_SPENT(73, "没有可用的认证卡", "no authentication card with challenges left"),
    BAD_DATA_KEY(74, "数据密钥损坏或不属于此处", "the data key is damaged or belongs elsewhere");

    private final int code;
    private final String chinese;
    private final String english;

    KeyRefusal(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    int code() {
        return code;
    }

    static KeyRefusal of(int code) {
        for (KeyRefusal refusal : values()) {
            if (refusal.code == code) {
                return refusal;
            }
        }
        return INTERNAL;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
