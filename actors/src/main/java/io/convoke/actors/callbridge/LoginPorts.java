package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import io.convoke.actors.c2w.JwtIssuer;
import io.convoke.actors.conference.HostCommand;
import io.convoke.actors.guest.CredentialStore;
import io.convoke.actors.space.SpaceDirectory;

/** What a login needs of its callbridge; {@code asHost} is how others reach that callbridge. */
record LoginPorts(
        HostContext host,
        SpaceDirectory spaces,
        CredentialStore credentials,
        JwtIssuer jwt,
        ActorRef<Callbridge.Command> callbridge,
        ActorRef<HostCommand> asHost) {}
