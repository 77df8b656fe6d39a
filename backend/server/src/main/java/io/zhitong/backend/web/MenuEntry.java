package io.zhitong.backend.web;

import io.zhitong.backend.identity.Role;
import java.util.Set;

/**
 * A page in the menu (菜单项): a module declares one as a bean for each of its pages.
 *
 * @param path of the page, for example {@code /wall}
 * @param title message key of its name
 * @param icon id of a symbol in {@code static/img/icons.svg}
 * @param order smaller stands higher
 * @param roles that see it; the page's own {@link io.zhitong.backend.identity.Allowed} decides who may open it
 */
public record MenuEntry(String path, String title, String icon, int order, Set<Role> roles) {
    public MenuEntry {
        roles = Set.copyOf(roles);
        if (!path.startsWith("/") || roles.isEmpty()) {
            throw new IllegalArgumentException("a menu entry has a path from / and at least one role, got " + path);
        }
    }
}
