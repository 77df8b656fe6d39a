package io.zhitong.backend.identity;

import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.ZhitongSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** A process without the console's role answers only {@code /health} (非控制台进程). */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConsoleGate extends OncePerRequestFilter {
    private final boolean open;

    ConsoleGate(ZhitongSettings settings) {
        this.open = settings.runs(BackendRole.CONSOLE);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (open || request.getServletPath().equals("/health")) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
