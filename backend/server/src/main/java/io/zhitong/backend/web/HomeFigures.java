package io.zhitong.backend.web;

import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import java.util.List;
import java.util.Set;

/**
 * The numbers a module brings to the home page (首页数字来源).
 *
 * @param order smaller stands before
 * @param roles that see them
 * @param source asked for each page
 */
public record HomeFigures(int order, Set<Role> roles, Source source) {
    public HomeFigures {
        roles = Set.copyOf(roles);
    }

    /** Counts for one user. */
    @FunctionalInterface
    public interface Source {
        List<HomeFigure> figures(ConsoleUser user);
    }

    boolean shownTo(ConsoleUser user) {
        return roles.stream().anyMatch(user.roles()::contains);
    }
}
