package io.zhitong.backend.identity;

import io.zhitong.backend.audit.AuditLog;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/** After a log-in: counts, records, and sends the user where it wanted to go. One wording for every wrong log-in. */
final class LoginOutcome implements AuthenticationSuccessHandler, AuthenticationFailureHandler {
    private final SavedRequestAwareAuthenticationSuccessHandler onward =
            new SavedRequestAwareAuthenticationSuccessHandler();
    private final LoginLimiter limiter;
    private final AuditLog audit;

    LoginOutcome(LoginLimiter limiter, AuditLog audit) {
        this.limiter = limiter;
        this.audit = audit;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException, ServletException {
        limiter.succeeded(request.getRemoteAddr(), LoginLimitFilter.login(request));
        if (authentication.getPrincipal() instanceof ConsoleUser user) {
            audit.record(
                    user.community(), user.actor(), "user.login", "user " + user.login(), "", request.getRemoteAddr());
        }
        onward.onAuthenticationSuccess(request, response, authentication);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        limiter.failed(request.getRemoteAddr(), LoginLimitFilter.login(request));
        response.sendRedirect(request.getServletContext().getContextPath() + LoginLimitFilter.LOGIN + "?wrong");
    }
}
