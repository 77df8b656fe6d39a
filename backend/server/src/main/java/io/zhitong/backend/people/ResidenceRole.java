package io.zhitong.backend.people;

/** As what a person lives in a unit (居住身份). */
public enum ResidenceRole {
    OWNER("业主", "Owner"),
    FAMILY("家属", "Family"),
    TENANT("租户", "Tenant");

    private final String chinese;
    private final String english;

    ResidenceRole(String chinese, String english) {
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
