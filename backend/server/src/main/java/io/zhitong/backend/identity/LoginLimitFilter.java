package io.zhitong.backend.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns a log-in away before its password is looked at when {@link LoginLimiter} says so. */
final class LoginLimitFilter extends OncePerRequestFilter {
    static final String LOGIN = "/login";

    private final LoginLimiter limiter;

    LoginLimitFilter(LoginLimiter limiter) {
        this.limiter = limiter;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isLogin(request) && limiter.blocked(request.getRemoteAddr(), login(request))) {
            response.sendRedirect(request.getServletContext().getContextPath() + LOGIN + "?blocked");
        } else {
            chain.doFilter(request, response);
        }
    }

    static String login(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getParameter("username"), "");
    }

    private static boolean isLogin(HttpServletRequest request) {
        return "POST".equals(request.getMethod()) && LOGIN.equals(request.getServletPath());
    }
}
