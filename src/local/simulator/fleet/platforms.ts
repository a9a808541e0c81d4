/**
 * The operating systems of the fleet, as often as a company has them. Names and versions are those seen on the wire.
 */
import { weighted } from './random.ts';

export interface Platform {
  readonly osPlatform: string;
  readonly version: string;
  readonly osBuild: number | null;
  readonly kind: 'windows' | 'mac' | 'linux' | 'mobile';
  readonly server: boolean;
  /** Least monthly revision of the build, and what its long version text ends in. */
  readonly revision: number;
  readonly branch: string;
}

const windows = (osPlatform: string, version: string, osBuild: number, revision: number, branch: string): Platform => ({
  osPlatform,
  version,
  osBuild,
  kind: 'windows',
  server: osPlatform.startsWith('WindowsServer'),
  revision,
  branch,
});

const other = (kind: Platform['kind'], osPlatform: string, version: string, osBuild: number | null): Platform => ({
  osPlatform,
  version,
  osBuild,
  kind,
  server: kind === 'linux',
  revision: 0,
  branch: '',
});

/** The most common one, and a draw of any. */
export const commonPlatform = windows('Windows11', '23H2', 22631, 4037, 'ni_release.220506-1250');
export const anyPlatform = weighted<Platform>([
  [250, commonPlatform],
  [150, windows('Windows11', '24H2', 26100, 2033, 'ge_release.240331-1435')],
  [60, windows('Windows11', '22H2', 22621, 3527, 'ni_release.220506-1250')],
  [200, windows('Windows10', '22H2', 19045, 4894, 'vb_release.191206-1406')],
  [40, windows('Windows10', '21H2', 19044, 4529, 'vb_release.191206-1406')],
  [15, windows('Windows10', '1809', 17763, 6054, 'rs5_release.180914-1434')],
  [40, windows('WindowsServer2016', '1607', 14393, 7259, 'rs1_release.180827-1809')],
  [60, windows('WindowsServer2019', '1809', 17763, 6189, 'rs5_release.180914-1434')],
  [60, windows('WindowsServer2022', '21H2', 20348, 2582, 'fe_release.210507-1500')],
  [30, other('linux', 'RedHatEnterpriseLinux', '9.5', null)],
  [15, other('linux', 'RedHatEnterpriseLinux', '8.10', null)],
  [25, other('linux', 'Ubuntu', '20.4', 6)],
  [15, other('linux', 'Ubuntu', '22.4', 5)],
  [5, other('linux', 'Linux', 'Other', null)],
  [25, other('mac', 'macOS', '14.6', 23)],
  [10, other('mobile', 'iOS', '17.5', null)],
]);
