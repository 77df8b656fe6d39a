package io.zhitong.keyapi;

import java.util.Arrays;
import java.util.Optional;

/** What an audit record tells (审计事件). One byte in the record, never reused. */
public enum AuditKind {
    STORE_MADE(1, "建库", "store made"),
    OPENED(2, "开启", "opened"),
    CLOSED(3, "关闭", "closed"),
    CHECKPOINT(4, "签名检查点", "signed checkpoint"),
    DAMAGE(5, "发现损坏", "damage found"),
    SEALED(6, "关闭主密钥区", "masters sealed"),
    SHARE_GIVEN(7, "提交分量", "share given"),
    LEAPED(8, "编号跃进", "numbers leapt"),
    CLOCK_BACK(9, "时钟被回拨", "clock was moved back"),
    WRAPPED(10, "密钥装载", "keys wrapped"),
    MAC_MADE(11, "计算命令MAC", "command MACs made"),
    VERIFIED(12, "校验MAC或TAC", "MACs or TACs verified"),
    HOST_MAC(13, "圈存主机应答", "host MAC answered"),
    AUTHENTICATED(14, "外部认证", "challenge answered"),
    CARD_CERTIFIED(15, "签发卡片证书", "card certified"),
    SIGNED(16, "签名", "signed"),
    READER_CERTIFIED(17, "签发读卡器证书", "reader certified"),
    DATA_WRAPPED(18, "封装数据密钥", "data keys wrapped"),
    DATA_UNWRAPPED(19, "解封数据密钥", "data keys unwrapped"),
    DATA_HASHED(23, "计算检索摘要", "search digests made"),
    MACHINE_ENROLLED(20, "机器注册", "machine enrolled"),
    MACHINE_REVOKED(21, "机器吊销", "machine revoked"),
    TOKEN_MADE(22, "生成注册令牌", "enrolment token made"),
    REFUSED(30, "拒绝", "refused"),
    PROPOSED(40, "提出指令", "order proposed"),
    APPROVED(41, "批准指令", "order approved"),
    ORDER_DONE(42, "执行指令", "order done"),
    ORDER_FAILED(43, "指令失败", "order failed"),
    WITHDRAWN(44, "撤回指令", "order withdrawn"),
    PIN_REFUSED(45, "保管人口令被拒", "custodian's PIN refused"),
    PIN_CHANGED(46, "保管人口令更改", "custodian's PIN changed"),
    CEREMONY(47, "密钥仪式步骤", "step of the ceremony"),
    CUSTODY(60, "保管登记", "custody"),
    LEASE_GRANTED(61, "PSAM续租", "PSAM lease granted");

    private final int code;
    private final String chinese;
    private final String english;

    AuditKind(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    public int code() {
        return code;
    }

    /** The kind of a code; empty for one of a later version. */
    public static Optional<AuditKind> of(int code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
