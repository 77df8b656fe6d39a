package io.zhitong.backend.explain.web;

import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.explain.PlaceStories;
import io.zhitong.backend.explain.PlaceStory;
import io.zhitong.backend.explain.Replays;
import io.zhitong.backend.explain.Why;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.pictures.EventPictures;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Why an access event came out as it did, then and now. */
@Controller
@Allowed({Role.PROPERTY, Role.ADMIN})
class WhyPage {
    private final EventReader events;
    private final Replays replays;
    private final WhyView view;
    private final PlaceStories stories;
    private final PlaceWords places;
    private final EventPictures pictures;

    WhyPage(
            EventReader events,
            Replays replays,
            WhyView view,
            PlaceStories stories,
            PlaceWords places,
            EventPictures pictures) {
        this.events = events;
        this.replays = replays;
        this.view = view;
        this.stories = stories;
        this.places = places;
        this.pictures = pictures;
    }

    @GetMapping("/why/{position}")
    String why(@AuthenticationPrincipal ConsoleUser user, @PathVariable long position, Model model, Locale locale) {
        Why why = events.at(user.community(), position)
                .flatMap(replays::why)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no such decision"));
        model.addAttribute("why", view.of(why, locale));
        model.addAttribute(
                "pictured",
                user.roles().contains(Role.PROPERTY)
                        && !pictures.of(user.community(), position).isEmpty());
        Optional<PlaceStory> story = stories.of(why);
        model.addAttribute(
                "placeThen",
                story.map(each -> places.then(user.community(), each, locale)).orElse(List.of()));
        model.addAttribute(
                "placeNow",
                story.map(each -> places.now(user.community(), each, locale)).orElse(List.of()));
        return "explain/why";
    }
}
