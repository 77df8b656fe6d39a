package io.zhitong.keyapi;

/**
 * The levels an application's keys are derived through (分散路径), from the root downward. Each level is one step
 * {@code SM4(K, f8 ‖ ~f8)} with a factor of 8 bytes (docs/keys.md).
 */
public enum KeyChain {
    /** Root → chip: the transport key of a card factory. Factors: chip identifier. */
    FACTORY(1, "根→芯片", "root, chip"),
    /** Root → city → card: the city purse; no community step, so that any terminal of the city works. */
    CITY(2, "根→城市→卡", "root, city, card"),
    /** Root → city → community → card: isolated between communities. */
    COMMUNITY(3, "根→城市→小区→卡", "root, city, community, card"),
    /** Root → city → community → application → card: applications that a community adds without a program of ours. */
    APPLICATION(4, "根→城市→小区→应用→卡", "root, city, community, application, card"),
    /** Root → partner → block: exchange keys; the key of a partner protects key blocks, nothing is derived from it. */
    PARTNER(2, "根→对方→密钥块", "root, partner, block"),
    /** Root → city → community → kind of data ({@link DataKind}): what a community's personal data are encrypted under. */
    DATA(3, "根→城市→小区→数据", "root, city, community, data");

    private final int depth;
    private final String chinese;
    private final String english;

    KeyChain(int depth, String chinese, String english) {
        this.depth = depth;
        this.chinese = chinese;
        this.english = english;
    }

    /** Number of factors from the root to a card's own key. */
    public int depth() {
        return depth;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
