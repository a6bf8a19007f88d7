import { EventEmitter } from "node:events";
import { vi } from "vitest";

/** What the shell did with Electron, to be looked at by the tests. */
export interface ElectronRecord {
  windows: FakeWindow[];
  schemes: { scheme: string; privileges: Record<string, boolean> }[];
  handlers: Map<string, (request: { url: string }) => Promise<Response>>;
  menu: { label?: string; submenu?: unknown }[] | null;
  errors: string[];
}

class FakeContents extends EventEmitter {
  readonly id = 1;
  readonly mainFrame = { url: "app://polyclinic/", postMessage: vi.fn() };
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  zoom = 0;
  readonly reload = vi.fn();
  readonly replaceMisspelling = vi.fn();
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler;
  }
  setZoomLevel(level: number) {
    this.zoom = level;
  }
  getZoomLevel() {
    return this.zoom;
  }
  getURL() {
    return this.mainFrame.url;
  }
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: { webPreferences: Record<string, unknown> } & Record<string, unknown>;
  readonly loadURL = vi.fn(async () => {});
  readonly show = vi.fn();
  readonly focus = vi.fn();
  readonly restore = vi.fn();
  readonly center = vi.fn();
  readonly maximize = vi.fn();
  bounds = { x: 10, y: 20, width: 1000, height: 700 };
  minimized = false;
  constructor(options: FakeWindow["options"]) {
    super();
    this.options = options;
  }
  isMinimized() {
    return this.minimized;
  }
  isMaximized() {
    return false;
  }
  isDestroyed() {
    return false;
  }
  getNormalBounds() {
    return this.bounds;
  }
}

class FakePort extends EventEmitter {
  readonly postMessage = vi.fn();
  readonly start = vi.fn();
  readonly close = vi.fn();
}

/** An `electron` module without Electron: it keeps what it is told and lets the tests send its events. */
export function fakeElectron() {
  const record: ElectronRecord = { windows: [], schemes: [], handlers: new Map(), menu: null, errors: [] };
  const session = {
    requestHandler: null as ((contents: unknown, permission: string, answer: (granted: boolean) => void, details: object) => void) | null,
    checkHandler: null as ((contents: unknown, permission: string, origin: string, details: object) => boolean) | null,
    deviceHandler: null as ((details: object) => boolean) | null,
    beforeRequest: null as ((request: { url: string }, answer: (response: { cancel: boolean }) => void) => void) | null,
    dictionaries: "",
  };
  const app = Object.assign(new EventEmitter(), {
    lock: true,
    enableSandbox: vi.fn(),
    requestSingleInstanceLock: vi.fn(() => app.lock),
    quit: vi.fn(),
    exit: vi.fn(),
    whenReady: vi.fn(async () => {}),
    getLocale: () => "en-GB",
    setAboutPanelOptions: vi.fn(),
    showAboutPanel: vi.fn(),
  });
  const opened = (options: FakeWindow["options"]) => {
    const window = new FakeWindow(options);
    record.windows.push(window);
    app.emit("web-contents-created", {}, window.webContents);
    return window;
  };
  // Called with `new`, so it must not be an arrow function.
  const BrowserWindow = Object.assign(
    vi.fn(function BrowserWindow(options: FakeWindow["options"]) {
      return opened(options);
    }),
    { getAllWindows: () => record.windows },
  );
  const module = {
    app,
    BrowserWindow,
    MessageChannelMain: vi.fn(function MessageChannelMain() {
      return { port1: new FakePort(), port2: new FakePort() };
    }),
    Menu: {
      buildFromTemplate: (template: ElectronRecord["menu"]) => Object.assign(template ?? [], { popup: vi.fn() }),
      setApplicationMenu: (menu: ElectronRecord["menu"]) => {
        record.menu = menu;
      },
    },
    dialog: { showErrorBox: (_title: string, text: string) => record.errors.push(text) },
    ipcMain: new EventEmitter(),
    powerMonitor: new EventEmitter(),
    protocol: {
      registerSchemesAsPrivileged: (schemes: ElectronRecord["schemes"]) => record.schemes.push(...schemes),
      handle: (scheme: string, handler: (request: { url: string }) => Promise<Response>) => record.handlers.set(scheme, handler),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: typeof session.requestHandler) => {
          session.requestHandler = handler;
        },
        setPermissionCheckHandler: (handler: typeof session.checkHandler) => {
          session.checkHandler = handler;
        },
        setDevicePermissionHandler: (handler: typeof session.deviceHandler) => {
          session.deviceHandler = handler;
        },
        setSpellCheckerDictionaryDownloadURL: (url: string) => {
          session.dictionaries = url;
        },
        webRequest: {
          onBeforeRequest: (handler: typeof session.beforeRequest) => {
            session.beforeRequest = handler;
          },
        },
      },
    },
    shell: { openPath: vi.fn(async () => "") },
    utilityProcess: { fork: vi.fn() },
  };
  return { module, record, session, app };
}
