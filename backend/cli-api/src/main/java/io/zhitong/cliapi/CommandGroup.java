package io.zhitong.cliapi;

/** The groups of commands (命令组) of {@code zt}; several modules may add to one group. */
public enum CommandGroup {
    TOP("", "commands without a group"),
    CARD("card", "virtual cards: shell, card world 虚拟卡"),
    KEYS("keys", "the key vault 密钥库"),
    CRYPTO("crypto", "formulas step by step, with test keys only 用测试密钥逐步演算"),
    VECTORS("vectors", "files of test vectors 测试向量"),
    SETTLE("settle", "settlement files 清算文件");

    private final String word;
    private final String description;

    CommandGroup(String word, String description) {
        this.word = word;
        this.description = description;
    }

    /** The word on the command line; empty for {@link #TOP}. */
    public String word() {
        return word;
    }

    /** One line for {@code --help}. */
    public String description() {
        return description;
    }
}
