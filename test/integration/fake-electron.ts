import { EventEmitter } from "node:events";
import { vi } from "vitest";

/** What the shell did with Electron, to be looked at by the tests. */
export interface ElectronRecord {
  windows: FakeWindow[];
  schemes: { scheme: string; privileges: Record<string, boolean> }[];
  handlers: Map<string, (request: { url: string }) => Promise<Response>>;
  menu: { label?: string; submenu?: unknown }[] | null;
  errors: string[];
  /** Whether this instance gets the single-instance lock. */
  isFirst: boolean;
}

/** A key store of the system as the tests set it: there or not, and of which kind. What it seals is turned round, not encrypted. */
export interface FakeKeyStore {
  available: boolean;
  backend: string;
  /** The user whose key store it is: what another one sealed does not open. */
  user: string;
}

/** A function that notes how it was called. */
export const noted = <R = void>(answer?: (...all: unknown[]) => R) => vi.fn<(...all: unknown[]) => R>(answer);

class FakeContents extends EventEmitter {
  readonly id = 1;
  readonly mainFrame = { url: "app://polyclinic/", postMessage: noted() };
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  zoom = 0;
  readonly reload = noted();
  readonly replaceMisspelling = noted();
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
  readonly loadURL = noted(async () => {});
  readonly show = noted();
  readonly focus = noted();
  readonly restore = noted();
  readonly destroy = noted();
  readonly center = noted();
  readonly maximize = noted();
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
  readonly postMessage = noted();
  readonly start = noted();
  readonly close = noted();
}

/** An `electron` module without Electron: it keeps what it is told and lets the tests send its events. */
export function fakeElectron() {
  const record: ElectronRecord = { windows: [], schemes: [], handlers: new Map(), menu: null, errors: [], isFirst: true };
  const session = {
    requestHandler: null as ((contents: unknown, permission: string, answer: (granted: boolean) => void, details: object) => void) | null,
    checkHandler: null as ((contents: unknown, permission: string, origin: string, details: object) => boolean) | null,
    deviceHandler: null as ((details: object) => boolean) | null,
    beforeRequest: null as ((request: { url: string }, answer: (response: { cancel: boolean }) => void) => void) | null,
    dictionaries: "",
    judge: null as ((asked: object, answer: (found: number) => void) => void) | null,
  };
  const keyStore: FakeKeyStore = { available: true, backend: "gnome_libsecret", user: "clerk" };
  const app = Object.assign(new EventEmitter(), {
    enableSandbox: noted(),
    requestSingleInstanceLock: noted(() => record.isFirst),
    quit: noted(),
    exit: noted(),
    whenReady: noted(async () => {}),
    getLocale: () => "en-GB",
    setAboutPanelOptions: noted(),
    showAboutPanel: noted(),
    setBadgeCount: noted(),
  });
  const opened = (options: FakeWindow["options"]) => {
    const window = new FakeWindow(options);
    record.windows.push(window);
    app.emit("web-contents-created", {}, window.webContents);
    return window;
  };
  // Called with `new`, so it must not be an arrow function.
  const BrowserWindow = Object.assign(
    vi.fn<(options: FakeWindow["options"]) => FakeWindow>(function BrowserWindow(options: FakeWindow["options"]) {
      return opened(options);
    }),
    { getAllWindows: () => record.windows },
  );
  const module = {
    app,
    BrowserWindow,
    MessageChannelMain: vi.fn<() => { port1: FakePort; port2: FakePort }>(function MessageChannelMain() {
      return { port1: new FakePort(), port2: new FakePort() };
    }),
    Menu: {
      buildFromTemplate: (template: ElectronRecord["menu"]) => Object.assign(template ?? [], { popup: noted() }),
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
    safeStorage: {
      isEncryptionAvailable: () => keyStore.available,
      getSelectedStorageBackend: () => keyStore.backend,
      encryptString: (text: string) => Buffer.from(`${keyStore.user}:${[...text].reverse().join("")}`),
      decryptString: (sealed: Buffer) => {
        const [user, text = ""] = sealed.toString().split(":");
        if (user !== keyStore.user) throw new Error("Error while decrypting the ciphertext provided to safeStorage.decryptString.");
        return [...text].reverse().join("");
      },
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
        setCertificateVerifyProc: (judge: typeof session.judge) => {
          session.judge = judge;
        },
        webRequest: {
          onBeforeRequest: (handler: typeof session.beforeRequest) => {
            session.beforeRequest = handler;
          },
        },
      },
    },
    shell: { openPath: noted(async () => "") },
    utilityProcess: { fork: noted() },
  };
  return { module, record, session, app, keyStore };
}
