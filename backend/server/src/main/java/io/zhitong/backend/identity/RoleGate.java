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
 * works, the database shows its thread the user's community only. Who stands above communities reads, in those that show themselves to
 * him, and changes nothing, whatever roles he was given.
 */
@Component
public final class RoleGate implements AsyncHandlerInterceptor {
    /** Where a given password is changed. */
    public static final String OWN_ACCOUNT = "/account";

    /** Where a user above communities chooses one. */
    public static final String OVERVIEW = "/span";

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Reach reach;

    RoleGate(Reach reach) {
        this.reach = reach;
    }

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
        Optional<String> elsewhere = user.flatMap(known -> elsewhere(known, method, request));
        if (elsewhere.isPresent()) {
            response.sendRedirect(request.getContextPath() + elsewhere.get());
            return false;
        }
        user.ifPresent(known -> CommunityScope.enter(scope(known, method)));
        return true;
    }

    /** Where the user must go first, if anywhere. */
    private Optional<String> elsewhere(ConsoleUser user, HandlerMethod method, HttpServletRequest request) {
        if (worksBeforeTheChange(method)) {
            return Optional.empty();
        }
        if (user.state() != AccountState.OPEN) {
            return Optional.of(OWN_ACCOUNT);
        }
        if (!user.outlook().above() || spans(method)) {
            return Optional.empty();
        }
        if (!READING.contains(request.getMethod())) {
            throw new AccessDeniedException("who stands above communities changes nothing in them");
        }
        return reach.of(user).contains(user.community()) ? Optional.empty() : Optional.of(OVERVIEW);
    }

    /** The own account lies at home, wherever its user looks, and so does what spans. */
    private static int scope(ConsoleUser user, HandlerMethod method) {
        return worksBeforeTheChange(method) || spans(method) ? user.outlook().home() : user.communityId();
    }

    private static boolean spans(HandlerMethod method) {
        return allowed(method).map(Allowed::spans).orElse(false);
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
