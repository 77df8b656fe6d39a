package io.zhitong.backend.identity;

import io.zhitong.backend.foundation.CommunityScope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * Deny by default (默认拒绝): a handler is called only for a role its {@link Allowed} names, or when it is a {@link PublicPage}; while it
 * works, the database shows its thread the user's community only.
 */
@Component
public final class RoleGate implements AsyncHandlerInterceptor {
    /** Where a given password is changed. */
    public static final String OWN_ACCOUNT = "/account";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        // An error page tells about a refusal that has happened; static files hold nothing.
        if (request.getDispatcherType() == DispatcherType.ERROR || !(handler instanceof HandlerMethod method)) {
            return true;
        }
        Optional<ConsoleUser> user = currentUser();
        if (!permits(method, user.map(ConsoleUser::roles).orElse(Set.of()))) {
            throw new AccessDeniedException("not for this role");
        }
        if (user.isEmpty() || user.get().state() == AccountState.OPEN || worksBeforeTheChange(method)) {
            user.ifPresent(known -> CommunityScope.enter(known.communityId()));
            return true;
        }
        response.sendRedirect(request.getContextPath() + OWN_ACCOUNT);
        return false;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        CommunityScope.leave();
    }

    /** The answer goes on elsewhere, this thread to another request. */
    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        CommunityScope.leave();
    }

    /** Whether a user with these roles may call the handler. */
    public static boolean permits(HandlerMethod method, Set<Role> roles) {
        return method.hasMethodAnnotation(PublicPage.class)
                || allowed(method)
                        .map(a -> Set.of(a.value()).stream().anyMatch(roles::contains))
                        .orElse(false);
    }

    private static Optional<Allowed> allowed(HandlerMethod method) {
        return Optional.ofNullable(method.getMethodAnnotation(Allowed.class))
                .or(() -> Optional.ofNullable(
                        AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Allowed.class)));
    }

    private static boolean worksBeforeTheChange(HandlerMethod method) {
        return method.hasMethodAnnotation(PublicPage.class)
                || allowed(method).map(Allowed::withGivenPassword).orElse(false);
    }

    private static Optional<ConsoleUser> currentUser() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof ConsoleUser user
                ? Optional.of(user)
                : Optional.empty();
    }
}
