package io.zhitong.backend.identity;

import java.util.Set;

/** What a console user may do (角色). */
public enum Role {
    /** 发卡员: issues cards at the desk. */
    DESK("发卡员", "Desk clerk"),
    /** 物业值班: watches the wall, opens doors. */
    PROPERTY("物业值班", "Property staff"),
    /** 财务: ledger, day close, settlement files. */
    FINANCE("财务", "Finance"),
    /** 管理员: users, devices, rules, audit. */
    ADMIN("管理员", "Administrator"),
    /** 密钥管理员: prepares ceremonies and orders for custodians; approves nothing by the role alone. */
    KEY_OFFICER("密钥管理员", "Key officer"),
    /** 审计员: reads keys, custody and audit, changes nothing. */
    AUDITOR("审计员", "Auditor"),
    /** 总览员: reads the reports of one or of many communities, changes nothing. */
    OVERSEER("总览员", "Overseer");

    private final String chinese;
    private final String english;

    Role(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    /** Those of these roles that a user above communities may have. */
    static Set<Role> above(Set<Role> roles) {
        return roles.contains(OVERSEER) ? Set.of(OVERSEER) : Set.of();
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
