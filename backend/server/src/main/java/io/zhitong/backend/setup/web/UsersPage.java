package io.zhitong.backend.setup.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Reach;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.Sight;
import io.zhitong.backend.identity.UserAccounts;
import io.zhitong.backend.identity.Users;
import io.zhitong.backend.setup.NewPassword;
import io.zhitong.backend.setup.NewUser;
import io.zhitong.backend.setup.SetupProblem;
import io.zhitong.backend.web.MenuEntry;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The users of the administrator's own community (用户管理). */
@Controller
@RequestMapping("/users")
@Allowed(Role.ADMIN)
class UsersPage {
    private static final String VIEW = "setup/users";
    private static final NewUser NOBODY = new NewUser("", "", "", "");

    private final Users users;
    private final UserAccounts accounts;
    private final Reach reach;

    UsersPage(Users users, UserAccounts accounts, Reach reach) {
        this.reach = reach;
        this.users = users;
        this.accounts = accounts;
    }

    @Bean
    static MenuEntry usersMenu() {
        return new MenuEntry("/users", "setup.users.menu", "people", 70, Set.of(Role.ADMIN));
    }

    @GetMapping
    String page(@AuthenticationPrincipal ConsoleUser user, Model model) {
        return shown(user, model, NOBODY, Set.of());
    }

    @PostMapping
    String add(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            @RequestParam(defaultValue = "") List<Role> role,
            @RequestParam(defaultValue = "COMMUNITY") Sight sight,
            Model model,
            HttpServletResponse response) {
        NewUser typed = new NewUser(login, name, password, again);
        Set<Role> roles = role.stream()
                .filter(Objects::nonNull) // a blank field arrives as a role that is null
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
        Optional<SetupProblem> problem =
                typed.problem().or(() -> misplaced(user, roles, sight)).or(() -> added(user, typed, roles, sight));
        return done(user, problem, typed, roles, model, response);
    }

    @PostMapping("/disable")
    String disable(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String login,
            Model model,
            HttpServletResponse response) {
        return done(user, accounts.disable(user, login).map(UsersPage::problem), NOBODY, Set.of(), model, response);
    }

    @PostMapping("/password")
    String give(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            Model model,
            HttpServletResponse response) {
        Optional<SetupProblem> problem = NewPassword.problem(login, password, again)
                .or(() -> accounts.give(user, login, password).map(UsersPage::problem));
        return done(user, problem, NOBODY, Set.of(), model, response);
    }

    private String done(
            ConsoleUser user,
            Optional<SetupProblem> problem,
            NewUser typed,
            Set<Role> roles,
            Model model,
            HttpServletResponse response) {
        if (problem.isEmpty()) {
            return "redirect:/users";
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("problem", problem.get());
        return shown(user, model, typed, roles);
    }

    static SetupProblem problem(UserAccounts.Problem problem) {
        return switch (problem) {
            case WRONG -> SetupProblem.PRESENT_WRONG;
            case WAIT -> SetupProblem.PRESENT_WAIT;
            case SAME -> SetupProblem.PASSWORD_SAME;
            case UNKNOWN -> SetupProblem.USER_UNKNOWN;
            case OWN -> SetupProblem.USER_OWN;
        };
    }

    /** Who sees further than the community has no role in it. */
    private Optional<SetupProblem> misplaced(ConsoleUser by, Set<Role> roles, Sight sight) {
        if (sight != Sight.COMMUNITY && !reach.keeps(by.community()).contains(sight)) {
            return Optional.of(SetupProblem.SIGHT);
        }
        boolean wrong = sight == Sight.COMMUNITY
                ? roles.isEmpty()
                : !Set.of(Role.OVERSEER).containsAll(roles);
        return wrong ? Optional.of(SetupProblem.ROLES) : Optional.empty();
    }

    private Optional<SetupProblem> added(ConsoleUser by, NewUser typed, Set<Role> roles, Sight sight) {
        try {
            if (sight == Sight.COMMUNITY) {
                users.addGiven(by.community(), by.actor(), typed.login(), typed.name(), typed.password(), roles);
            } else {
                users.addAbove(by.community(), by.actor(), typed.login(), typed.name(), typed.password(), sight);
            }
            return Optional.empty();
        } catch (DuplicateKeyException e) {
            return Optional.of(SetupProblem.LOGIN_TAKEN);
        }
    }

    private String shown(ConsoleUser user, Model model, NewUser typed, Set<Role> chosen) {
        model.addAttribute("users", users.of(user.community()));
        model.addAttribute("typed", typed);
        model.addAttribute("chosen", chosen);
        model.addAttribute("roles", Role.values());
        Set<Sight> sights = EnumSet.of(Sight.COMMUNITY);
        sights.addAll(reach.keeps(user.community()));
        model.addAttribute("sights", sights);
        return VIEW;
    }
}
