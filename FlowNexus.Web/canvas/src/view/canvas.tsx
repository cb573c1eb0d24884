import {
  Background, BackgroundVariant, ConnectionLineType, type EdgeChange, type NodeChange, PanOnScrollMode, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow, useStore, useStoreApi,
} from "@xyflow/react";
import { type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { bounds, grid, type Point } from "../core/geometry.ts";
import { whyNot } from "../core/guards.ts";
import { BoxView } from "./box.tsx";
import { ConnectTo } from "./connect-to.tsx";
import { Connecting, wishOf } from "./connecting.ts";
import { listenForDrops } from "./drops.ts";
import { GlyphSheet } from "./glyph.tsx";
import { GroupView } from "./group.tsx";
import { Keys } from "./keys.ts";
import { LineView } from "./line.tsx";
import { Menu, type MenuAt } from "./menu.tsx";
import { menuItems } from "./menu-items.ts";
import { NoteView } from "./note.tsx";
import { NoticeView } from "./notice.tsx";
import { type CanvasLine, type CanvasNode, Projection } from "./projection.ts";
import { FarContext, type Session, SessionContext, useSession } from "./session.ts";
import { ArrangeTools, ZoomTools } from "./tools.tsx";
import { keepViewport, opening } from "./viewport.ts";

const nodeTypes = { box: BoxView, note: NoteView, group: GroupView };
const edgeTypes = { line: LineView };
const snapGrid: [number, number] = [grid, grid];
const farBelow = 0.4;
const attribution = { hideAttribution: true };

export function Canvas({ session }: { session: Session }) {
  return (
    <SessionContext value={session}>
      <GlyphSheet />
      <ReactFlowProvider>
        <Board />
      </ReactFlowProvider>
      <NoticeView />
    </SessionContext>
  );
}

function Board() {
  const session = useSession();
  const { model, acts, host } = session;
  const revision = useSyncExternalStore(model.subscribe, () => model.revision);
  const projection = useMemo(() => new Projection(model, session.key), [model, session.key]);
  // The revision stands for everything that the projection reads.
  const { nodes, edges } = useMemo(() => projection.read(), [projection, revision, model.readOnly]);
  const far = useStore(state => state.transform[2] < farBelow);
  const [menu, setMenu] = useState<MenuAt | null>(null);
  const [connectFrom, setConnectFrom] = useState<string | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);
  const closeFinder = useCallback(() => setConnectFrom(null), []);
  const frame = useRef<HTMLDivElement>(null);
  const flow = useReactFlow();
  useWithoutMeasuring();
  const dragged = useRef(new Map<string, Point>());
  const connecting = useMemo(() => new Connecting(session), [session]);
  const keys = useMemo(() => new Keys(session, { menu: id => openMenu(id), connectTo: setConnectFrom }), [session]);

  useLayoutEffect(() => {
    session.flow = flow as Session["flow"];
  }, [session, flow]);
  useEffect(() => listenForDrops(session), [session]);
  useEffect(() => {
    // A paste event brings the clipboard without asking; it goes to whatever has the focus.
    const paste = (event: ClipboardEvent) => {
      if ((event.target as Element).closest("input, textarea, select")) return;
      event.preventDefault();
      void acts.paste(event.clipboardData?.getData("text/plain"), pointer.current ?? undefined);
    };
    session.root.addEventListener("paste", paste);
    return () => session.root.removeEventListener("paste", paste);
  }, [session, acts]);
  useFirstView(session, nodes.length > 0);

  const pointer = useRef<Point | null>(null);

  const onNodesChange = useCallback((changes: NodeChange<CanvasNode>[]) => {
    const moving = new Map<string, Point>();
    const selection = new Set(model.selection);
    for (const change of changes) {
      if (change.type === "select") change.selected ? selection.add(change.id) : selection.delete(change.id);
      if (change.type === "position" && change.position) moving.set(change.id, change.position);
    }
    acts.select(selection);
    if (moving.size === 0) return;
    carryGroups(session, moving);
    for (const [id, point] of moving) dragged.current.set(id, point);
    model.hold(moving);
  }, [session, model, acts]);

  const onEdgesChange = useCallback((changes: EdgeChange<CanvasLine>[]) => {
    const selection = new Set(model.selection);
    for (const change of changes) {
      if (change.type === "select") change.selected ? selection.add(change.id) : selection.delete(change.id);
    }
    acts.select(selection);
  }, [model, acts]);

  const onDragEnd = useCallback(() => {
    const points = dragged.current;
    dragged.current = new Map();
    if (points.size > 0) void acts.commit(points);
  }, [acts]);

  return (
    <FarContext value={far}>
      <div
        ref={frame}
        className={far ? "fc-board fc-board-far" : "fc-board"}
        onKeyDown={keys.down}
        onKeyUp={keys.up}
        onBlur={event => {
          if (event.currentTarget.contains(event.relatedTarget)) return;
          keys.flush();
          if (!event.relatedTarget) keepFocus(event.currentTarget);
        }}
        onPointerMove={event => { pointer.current = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }); }}
        onPointerLeave={() => { pointer.current = null; }}
      >
        <ReactFlow<CanvasNode, CanvasLine>
          aria-label={session.options.label}
          tabIndex={nodes.length === 0 ? 0 : -1}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onNodeDragStop={onDragEnd}
          onSelectionDragStop={onDragEnd}
          onNodeClick={(event, node) => { if (model.selection.size > 1 && !event.ctrlKey && !event.metaKey && !event.shiftKey) acts.select([node.id]); }}
          onNodeDoubleClick={(_, node) => node.type === "box" ? host.open(node.id) : acts.startRename(node.id)}
          onNodeContextMenu={(event, node) => openMenu(node.id, event)}
          onEdgeContextMenu={(event, edge) => openMenu(edge.id, event)}
          onPaneContextMenu={event => openMenu(null, event as MouseEvent)}
          onSelectionContextMenu={(event, selected) => openMenu(selected[0]?.id ?? null, event)}
          onConnect={connecting.made}
          onConnectStart={connecting.begin}
          onConnectEnd={connecting.end}
          isValidConnection={connection => whyNot(model.graph, wishOf({ sourceHandle: null, targetHandle: null, ...connection })) === null}
          onReconnect={(edge, connection) => acts.connect(wishOf(connection, edge.id))}
          nodesDraggable={!model.readOnly}
          nodesConnectable={!model.readOnly}
          edgesReconnectable={!model.readOnly}
          edgesFocusable={false}
          disableKeyboardA11y
          elementsSelectable
          deleteKeyCode={null}
          multiSelectionKeyCode={["Control", "Meta"]}
          selectionKeyCode="Shift"
          selectionMode={SelectionMode.Partial}
          snapToGrid
          snapGrid={snapGrid}
          panOnScroll
          panOnScrollMode={PanOnScrollMode.Free}
          zoomOnDoubleClick={false}
          minZoom={0.04}
          maxZoom={2}
          connectionRadius={24}
          connectionLineType={ConnectionLineType.SmoothStep}
          onlyRenderVisibleElements
          onMoveEnd={(_, viewport) => keepViewport(session.options.viewportKey, viewport)}
          proOptions={attribution}
        >
          {!far && <Background variant={BackgroundVariant.Dots} gap={grid * 3} size={1.2} />}
        </ReactFlow>
        <ArrangeTools />
        <ZoomTools />
        {menu && <Menu at={menu} onClose={closeMenu} />}
        {connectFrom && <ConnectTo from={connectFrom} onClose={closeFinder} />}
      </div>
    </FarContext>
  );

  function openMenu(id: string | null, event?: MouseEvent): void {
    event?.preventDefault();
    const area = session.root.getBoundingClientRect();
    const rect = id ? model.rectOf(id) : null;
    const screen = event ? { x: event.clientX, y: event.clientY } : rect ? flow.flowToScreenPosition({ x: rect.x + 24, y: rect.y + 40 }) : { x: area.left + area.width / 2, y: area.top + area.height / 2 };
    if (id && !model.selection.has(id)) acts.select([id]);
    const place = flow.screenToFlowPosition(screen);
    const back = session.root.querySelector<HTMLElement>(id ? `.react-flow__node[data-id="${CSS.escape(id)}"]` : ".react-flow");
    setMenu({ items: menuItems(session, id, place, setConnectFrom), x: screen.x - area.left, y: screen.y - area.top, back });
  }
}

/** React Flow takes the focus from a box that is clicked out of the selection; the keyboard shall stay in the canvas. */
function keepFocus(board: HTMLElement): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body && board.matches(":hover")) board.querySelector<HTMLElement>(".react-flow")?.focus({ preventScroll: true });
  });
}

/** Sizes and handles are data. React Flow would measure every box in the page anyway, and lose those that are not drawn as elements. */
function useWithoutMeasuring(): void {
  const store = useStoreApi();
  useState(() => store.setState({ updateNodeInternals: () => {} }));
}

/** A frame that is dragged takes its boxes along; its own place follows from theirs. */
function carryGroups(session: Session, moving: Map<string, Point>): void {
  const { model } = session;
  for (const [id, to] of [...moving]) {
    const group = model.graph.groups.get(id);
    const frame = group && model.frameOf(group);
    if (!frame) continue;
    moving.delete(id);
    for (const inside of group.boxes) {
      const place = moving.has(inside) ? null : model.placeOf(inside);
      if (place) moving.set(inside, { x: place.x + to.x - frame.x, y: place.y + to.y - frame.y });
    }
  }
}

/** The first sight: where the viewer was last, else the whole graph, else its beginning at a size that can be read. */
function useFirstView(session: Session, any: boolean): void {
  const seen = useRef(false);
  const sized = useStore(state => state.width > 0 && state.height > 0 && state.panZoom !== null);
  const flow = useReactFlow();
  useEffect(() => {
    if (seen.current || !any || !sized) return;
    seen.current = true;
    const all = bounds([...session.model.graph.boxes.keys(), ...session.model.graph.notes.keys()].map(id => session.model.rectOf(id)).filter(rect => rect !== null));
    const { clientWidth, clientHeight } = session.root;
    if (all) void flow.setViewport(opening(session.options.viewportKey, all, clientWidth, clientHeight));
    requestAnimationFrame(() => requestAnimationFrame(() => session.root.setAttribute("data-ready", "true")));
  }, [any, flow, session, sized]);
  useEffect(() => {
    if (!any && sized) session.root.setAttribute("data-ready", "true");
  }, [any, session, sized]);
}
