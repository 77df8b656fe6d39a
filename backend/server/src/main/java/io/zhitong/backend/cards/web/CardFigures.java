package io.zhitong.backend.cards.web;

import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.backend.cards.CredentialStore;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.web.HomeFigure;
import io.zhitong.backend.web.HomeFigures;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** How many cards there are, on the home page (首页：卡片). */
@Component
class CardFigures {
    private final CredentialStore store;

    CardFigures(CredentialStore store) {
        this.store = store;
    }

    @Bean
    static HomeFigures cardHomeFigures(CardFigures figures) {
        return new HomeFigures(10, Set.of(Role.DESK, Role.ADMIN), figures::figures);
    }

    private List<HomeFigure> figures(ConsoleUser user) {
        return List.of(
                new HomeFigure("cards.figure.active", count(user, CredentialStatus.ACTIVE), "/desk", false),
                new HomeFigure("cards.figure.lost", count(user, CredentialStatus.LOST), "/desk", false));
    }

    private String count(ConsoleUser user, CredentialStatus status) {
        return Long.toString(store.count(user.community(), status));
    }
}
