package io.zhitong.backend.identity;

import io.zhitong.accessmodel.CommunityId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Turns a session's eye to another community (切换小区); who may see it was asked before, and {@link RoleGate} asks again each time. */
@Component
public class LookingAt {
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    /** @param place its name, as the head of each page shows it */
    public void turn(
            ConsoleUser user,
            CommunityId community,
            String place,
            HttpServletRequest request,
            HttpServletResponse response) {
        ConsoleUser looking = user.lookingAt(community, place);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(looking, null, looking.getAuthorities()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}
