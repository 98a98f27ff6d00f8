package io.convoke.node;

import akka.actor.typed.ActorSystem;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.storage.Database;
import io.convoke.actors.xmpp.server.XmppPart;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * What the parts of a core node stand on.
 *
 * @param blocking where may be waited
 * @param callbridge the node's identity as one, whether it has that role or not
 */
record CoreGround(
        ActorSystem<Guardian.Command> system,
        NodeParts parts,
        Database database,
        Executor blocking,
        Administration administration,
        SpaceDirectory spaces,
        XmppPart xmpp,
        UUID callbridge) {}
