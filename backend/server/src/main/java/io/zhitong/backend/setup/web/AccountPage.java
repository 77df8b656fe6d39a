package io.zhitong.backend.setup.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.RoleGate;
import io.zhitong.backend.identity.UserAccounts;
import io.zhitong.backend.setup.NewPassword;
import io.zhitong.backend.setup.SetupProblem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The own account (我的账号): change of the password. Afterwards the user logs in anew, everywhere. */
@Controller
@RequestMapping(RoleGate.OWN_ACCOUNT)
@Allowed(
        value = {Role.DESK, Role.PROPERTY, Role.FINANCE, Role.ADMIN, Role.KEY_OFFICER, Role.AUDITOR, Role.OVERSEER},
        withGivenPassword = true)
class AccountPage {
    private static final String VIEW = "setup/account";

    private final UserAccounts accounts;

    AccountPage(UserAccounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    String page() {
        return VIEW;
    }

    @PostMapping
    String change(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            Model model,
            HttpServletResponse response) {
        Optional<SetupProblem> problem = NewPassword.problem(user.login(), password, again)
                .or(() -> accounts.change(user, present, password).map(UsersPage::problem));
        if (problem.isEmpty()) {
            return "redirect:/login?changed";
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("problem", problem.get());
        return VIEW;
    }
}
