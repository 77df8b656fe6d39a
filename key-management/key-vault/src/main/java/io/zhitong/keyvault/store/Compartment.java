package io.zhitong.keyvault.store;

/** The two halves of a vault at rest (密钥库分区), each encrypted under a secret of its own. */
public enum Compartment {
    /** Machine authorities and the keys for lists, commands and audit: opens by a file of this machine. */
    OPERATIONAL("op", "运行区", "operational compartment"),
    /** Card masters, settlement and issuer keys: opens by the custodians' quorum. */
    MASTERS("store", "主密钥区", "master compartment");

    private final String file;
    private final String chinese;
    private final String english;

    Compartment(String file, String chinese, String english) {
        this.file = file;
        this.chinese = chinese;
        this.english = english;
    }

    /** Its two files are {@code NAME.0} and {@code NAME.1}. */
    String file() {
        return file;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
