package io.zhitong.backend.identity;

/** How far a console user sees (视野); beyond the own community for reading only, and neither money nor keys. */
public enum Sight {
    COMMUNITY("本小区", "own community"),
    /** All communities that belong to the own one's property company. */
    OPERATOR("物业公司", "property company"),
    /** All communities that show themselves to the own one's city. */
    CITY("城市", "city");

    private final String chinese;
    private final String english;

    Sight(String chinese, String english) {
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
