package io.zhitong.keyvault;

/** Why the vault does not open (密钥库无法开启的原因). */
public enum VaultFault {
    BAD_SHARE("分量损坏或不是分量", "a share is torn or no share"),
    MIXED_SHARES("分量不属于同一组", "shares of different sets"),
    TOO_FEW_SHARES("分量不足", "not enough shares"),
    SHARES_DISAGREE("分量互相矛盾", "the shares contradict each other"),
    WRONG_QUORUM("分量属于另一密钥库", "the quorum belongs to another vault"),
    STORE_REFUSED("密钥库文件损坏", "no generation of the store is intact"),
    NO_STORE("密钥库不存在", "there is no store"),
    NO_MACHINE_SHARE("本机分量缺失或损坏", "the machine's own share is missing or torn"),
    STORE_EXISTS("密钥库已存在", "there is a store already"),
    AUDIT_BROKEN("审计链不完整", "the audit chain is broken or shorter than the store"),
    RESTORED("已恢复，待确认最新编号", "restored, waits for the newest number"),
    NOT_SERVED("密钥库未运行", "no process serves this vault"),
    MODULE("密码设备无法使用", "the device that holds the masters cannot be used"),
    IN_USE("密钥库正被另一进程使用", "another process uses this vault"),
    FILE("文件读写失败", "a file could not be read or written");

    private final String chinese;
    private final String english;

    VaultFault(String chinese, String english) {
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
